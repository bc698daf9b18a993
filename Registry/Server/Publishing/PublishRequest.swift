import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// A publish request as it was received: the archive in a temporary file, the small fields in memory.
struct PublishRequest: Sendable {
  var metadata = PublishMetadata()
  /// The text field `content`: a SKILL.md without a package.
  ///
  /// Its line ends come as CRLF (RFC 7578 text fields).
  var content: [UInt8]?
  var package: BlobUpload?

  /// Receives the form of `request`, chunk by chunk.
  static func receive(
    _ request: Request, _ context: RegistryContext, services: RegistryServices
  ) async throws -> PublishRequest {
    let boundary = try boundary(of: request)
    try refuseTooLarge(request, limits: services.limits)
    let promise = try BodyDigest(request.headers)
    try await request.acceptExpectation(context)
    let limit = services.limits.archive.compressedBytes
    let chunks = BodyChunks(
      iterator: request.body.makeAsyncIterator(), limit: limit + services.limits.formOverhead,
      refusal: tooLarge(limit), isHashed: !promise.isEmpty)
    var reader = MultipartReader(chunks, boundary: boundary)
    var form = PublishRequest()
    var seen: Set<String> = []
    while let head = try await reader.nextPart() {
      guard seen.count < 8, seen.insert(head.name).inserted else {
        throw MultipartReader<BodyChunks>.malformed("a field stands in it twice, or it has more than 8")
      }
      try await form.read(head, from: &reader, services: services)
    }
    if !promise.isEmpty { try promise.demand(await reader.drained().digest) }
    return form
  }

  private mutating func read(
    _ head: MultipartReader<BodyChunks>.Head, from reader: inout MultipartReader<BodyChunks>,
    services: RegistryServices
  ) async throws {
    switch head.name {
    case "metadata":
      let bytes = try await reader.collect(limit: 64 << 10)
      do {
        metadata = try WireCoding.decode(PublishMetadata.self, from: bytes)
      } catch {
        throw MeshError(.invalidRequest, "the form field 'metadata' is not the JSON that publishing takes")
      }
    case "content":
      content = try await reader.collect(limit: 2 * services.limits.archive.skillMarkdownBytes)
    case "package":
      package = try await Self.spool(&reader, services: services)
    default:
      _ = try await reader.collect(limit: 64 << 10)
    }
  }

  private static func spool(
    _ reader: inout MultipartReader<BodyChunks>, services: RegistryServices
  ) async throws -> BlobUpload {
    let upload = try await services.blocking { try services.store.blobs.newUpload() }
    let limit = services.limits.archive.compressedBytes
    while let chunk = try await reader.nextChunk() {
      guard upload.size + chunk.count <= limit else { throw tooLarge(limit) }
      try await services.blocking { try upload.append(chunk) }
    }
    return upload
  }

  private static func boundary(of request: Request) throws -> String {
    let type = HeaderParameters(request.headers[.contentType] ?? "")
    guard type.value == "multipart/form-data", let boundary = type["boundary"], !boundary.isEmpty,
      boundary.utf8.count <= 70
    else {
      throw MeshError(.unsupportedMediaType, "publishing takes multipart/form-data")
    }
    try request.refuseCompressedBody()
    return boundary
  }

  private static func refuseTooLarge(_ request: Request, limits: RegistryLimits) throws {
    let limit = limits.archive.compressedBytes
    guard let length = request.headers[.contentLength].flatMap({ Int($0) }) else { return }
    if length > limit + limits.formOverhead { throw tooLarge(limit) }
  }

  private static func tooLarge(_ limit: Int) -> MeshError {
    MeshError(
      .fileTooLarge, "the package is larger than \(limit >> 20) MiB",
      hint: "Leave out what agents do not read; list it in .skillignore.")
  }
}

/// The body of a request as slices of bytes, at most `limit` of them together.
struct BodyChunks: AsyncIteratorProtocol {
  var iterator: RequestBody.AsyncIterator
  let limit: Int
  let refusal: MeshError
  private let isHashed: Bool
  private var received = 0
  private var hasher = Digest.Hasher()

  /// - Parameter isHashed: Whether anybody will ask for the digest.
  init(iterator: RequestBody.AsyncIterator, limit: Int, refusal: MeshError, isHashed: Bool) {
    self.iterator = iterator
    self.limit = limit
    self.refusal = refusal
    self.isHashed = isHashed
  }

  /// Of all bytes so far.
  var digest: Digest { hasher.finalize() }

  mutating func next() async throws -> ArraySlice<UInt8>? {
    guard let buffer = try await iterator.next() else { return nil }
    received += buffer.readableBytes
    guard received <= limit else { throw refusal }
    if isHashed { hasher.update(buffer.readableBytesView) }
    return Array(buffer: buffer)[...]
  }
}
