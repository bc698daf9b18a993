import NIOCore
import RegistryAPI
import Skills

/// The list of files of a version as JSON, rendered once.
struct RenderedFileList: Sendable {
  let bytes: ByteBuffer
  /// Strong: the digest of the JSON, quoted.
  let tag: String

  init(_ list: FileList) throws {
    let json = try WireCoding.encode(list)
    bytes = ByteBuffer(bytes: json)
    tag = "\"\(Digest(of: json).hexadecimal)\""
  }
}
