import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

/// The JSON of an `IndexBatchResponse`, put together from documents as they were rendered for the cache.
///
/// They are neither encoded again nor copied, however often one of them is asked for.
struct IndexBatchBody {
  private var pieces: [ByteBuffer] = []
  /// What stands between two documents, until the next one comes.
  private var between = ByteBuffer()

  /// - Parameter found: The entries that the asker may see, by the names as they were asked for.
  init(_ wanted: [IndexBatchRequest.Entry], _ found: [String: CatalogEntry]) throws {
    between.writeStaticString("{\"skills\":[")
    for (index, asked) in wanted.enumerated() {
      if index > 0 { between.writeStaticString(",") }
      try append(asked, found[asked.name])
    }
    between.writeStaticString("]}")
    pieces.append(between)
  }

  func response() -> Response {
    let pieces = pieces
    return Response(
      status: .ok,
      headers: [.contentType: "application/json; charset=utf-8", .cacheControl: Responses.Caching.private.header],
      body: ResponseBody(contentLength: pieces.map(\.readableBytes).reduce(0, +)) { writer in
        for piece in pieces { try await writer.write(piece) }
        try await writer.finish(nil)
      })
  }

  /// The keys in their order, `document` before the others, each only where there is something to say.
  private mutating func append(_ asked: IndexBatchRequest.Entry, _ entry: CatalogEntry?) throws {
    let others = try WireCoding.encode(IndexBatchResponse.Entry(name: asked.name, etag: entry?.indexTag, document: nil))
    between.writeStaticString("{")
    if let entry, !entry.isKnown(under: asked.etag) {
      between.writeStaticString("\"document\":")
      pieces += [between, entry.index]
      between = ByteBuffer()
      between.writeStaticString(",")
    }
    between.writeBytes(others.dropFirst())
  }
}

extension CatalogEntry {
  fileprivate func isKnown(under tag: String?) -> Bool {
    tag.map { Responses.isSame($0, indexTag) } ?? false
  }
}
