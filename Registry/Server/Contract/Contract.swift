import NIOCore
import RegistryAPI
import Skills

/// The contract of the API as it is served: the file, and the page that shows it.
struct Contract: Sendable {
  let file: ByteBuffer
  /// Strong: the digest of the file, quoted.
  let tag: String
  let page: APIPage

  init() throws(DocumentRefusal) {
    let bytes = APIDescription.embedded
    file = ByteBuffer(bytes: bytes)
    tag = Digest(of: bytes).entityTag
    page = APIPage(try APIDescription(reading: bytes), filePath: Route.contract.rawValue)
  }
}
