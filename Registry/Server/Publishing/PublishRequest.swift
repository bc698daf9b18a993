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
  /// The room for what is kept in memory, as long as the form lasts.
  private let room: ByteBudget.Reservation

  private init(_ room: ByteBudget.Reservation) {
    self.room = room
  }

  /// Receives the form in the body of a call, chunk by chunk, to its last byte.
  static func receive(_ call: Call, into uploads: Uploads) async throws -> PublishRequest {
    let boundary = try boundary(of: call.request)
    let limit = call.limits.archive.compressedBytes
    guard call.announcedBytes <= limit + call.limits.formOverhead else { throw tooLarge(limit) }
    let promise = try BodyDigest(call.request.headers)
    let chunks = BodyChunks(
      iterator: try await call.body().makeAsyncIterator(), limit: limit + call.limits.formOverhead,
      refusal: tooLarge(limit), hasher: promise.isEmpty ? nil : Digest.Hasher())
    var reader = MultipartReader(chunks, boundary: boundary)
    var form = PublishRequest(try call.reserveBody())
    var seen: Set<String> = []
    while let head = try await reader.nextPart() {
      guard seen.count < 8, seen.insert(head.name).inserted else {
        throw MultipartReader<BodyChunks>.malformed("a field stands in it twice, or it has more than 8")
      }
      try await form.read(head, from: &reader, uploads)
    }
    // Also what means nothing counts against the limit.
    if let digest = try await reader.drained().hasher?.finalize() { try promise.demand(digest) }
    return form
  }

  private mutating func read(
    _ head: MultipartReader<BodyChunks>.Head, from reader: inout MultipartReader<BodyChunks>,
    _ uploads: Uploads
  ) async throws {
    switch head.name {
    case "metadata":
      metadata = try PublishMetadata(reading: await reader.collect(limit: 64 << 10, in: room))
    case "content":
      content = try await reader.collect(limit: 2 * uploads.limits.skillMarkdownBytes, in: room)
    case "package":
      package = try await Self.spool(&reader, uploads)
    default:
      _ = try await reader.collect(limit: 64 << 10, in: room)
    }
  }

  private static func spool(
    _ reader: inout MultipartReader<BodyChunks>, _ uploads: Uploads
  ) async throws -> BlobUpload {
    let limit = uploads.limits.compressedBytes
    var upload: BlobUpload?
    while let chunk = try await reader.nextChunk() {
      guard (upload?.size ?? 0) + chunk.count <= limit else { throw tooLarge(limit) }
      upload = try await uploads.append(chunk, to: upload)
    }
    if let upload { return upload }
    return try await uploads.append([], to: nil)
  }

  private static func boundary(of request: Request) throws -> String {
    let type = HeaderParameters(request.headers[.contentType] ?? "")
    guard type.value == "multipart/form-data", let boundary = type["boundary"], !boundary.isEmpty,
      boundary.utf8.count <= 70
    else {
      throw MeshError(.unsupportedMediaType, "publishing takes multipart/form-data")
    }
    return boundary
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
  /// Takes in all bytes that come; nil when nobody asks for their digest.
  var hasher: Digest.Hasher?
  private(set) var received = 0

  mutating func next() async throws -> ArraySlice<UInt8>? {
    guard let buffer = try await iterator.next() else { return nil }
    received += buffer.readableBytes
    guard received <= limit else { throw refusal }
    hasher?.update(buffer.readableBytesView)
    return Array(buffer: buffer)[...]
  }
}
