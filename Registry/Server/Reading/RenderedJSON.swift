import NIOCore
import RegistryAPI
import Skills

/// A value as JSON, rendered once.
struct RenderedJSON: Sendable {
  let bytes: ByteBuffer
  /// Strong: the digest of the JSON, quoted.
  let tag: String

  init(_ value: some Encodable) throws {
    let json = try WireCoding.encode(value)
    bytes = ByteBuffer(bytes: json)
    tag = Digest(of: json).entityTag
  }
}
