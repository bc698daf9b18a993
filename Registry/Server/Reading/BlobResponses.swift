import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RegistryStore
import Skills

/// What a download sends: a blob, or bytes that could not be kept as one.
struct DownloadContent: Sendable {
  var digest: Digest
  var size: Int
  /// Nil for a blob in the store.
  var bytes: ByteBuffer?
}

extension RegistryServices {
  /// A content whole, in part, or 304.
  ///
  /// - Parameter logger: For damage that shows only while the answer is on its way.
  func answer(
    _ content: DownloadContent, headers: HTTPFields, for request: Request, logger: Logger
  ) async throws -> Response {
    var headers = headers
    if let tag = headers[.eTag], Responses.matches(request, tag) {
      headers[.contentType] = nil
      headers[.contentDisposition] = nil
      return Response(status: .notModified, headers: headers)
    }
    switch Self.range(of: request, tag: headers[.eTag], size: content.size) {
    case .unsatisfiable:
      throw UnsatisfiableRange(size: content.size)
    case .part(let range):
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.size)"
      return Response(
        status: .partialContent, headers: headers, body: try await body(content, range, logger: logger))
    case .whole:
      return Response(status: .ok, headers: headers, body: try await body(content, 0..<content.size, logger: logger))
    }
  }

  /// `Range` counts for GET alone, and only while `If-Range` still names this content.
  private static func range(of request: Request, tag: String?, size: Int) -> ByteRange {
    guard request.method == .get else { return .whole }
    if let condition = request.headers[.ifRange], condition != tag { return .whole }
    return ByteRange(header: request.headers[.range], size: size)
  }

  private func body(_ content: DownloadContent, _ range: Range<Int>, logger: Logger) async throws -> ResponseBody {
    let (digest, size) = (content.digest, content.size)
    let atHand = if let bytes = content.bytes { bytes } else { try await blobs.whole(digest, size: size) }
    if let atHand, let part = atHand.getSlice(at: atHand.readerIndex + range.lowerBound, length: range.count) {
      return ResponseBody(byteBuffer: part)
    }
    if range != 0..<size { try await blobs.demandIntact(digest) }
    let blobs = blobs
    return ResponseBody(contentLength: range.count) { writer in
      do {
        try await blobs.stream(digest, range: range, size: size) { try await writer.write($0) }
      } catch let failure as StoreFailure {
        // The head is out already: nobody else gets to hear of it.
        logger.error("request failed", metadata: ["error": "\(failure)"])
        throw failure
      }
      try await writer.finish(nil)
    }
  }
}

/// A part was asked for that lies beyond the end.
struct UnsatisfiableRange: Error {
  /// Bytes of the whole.
  var size: Int
}
