import NIOCore
import RegistryAPI
import Skills

/// The JSON of an `IndexBatchResponse`, put together from documents as they were rendered for the cache.
///
/// They are neither encoded again nor copied, however often one of them is asked for.
struct IndexBatchBody {
  private var pieces: [ByteBuffer] = []
  /// What stands between two documents, until the next one comes.
  private var between = ByteBuffer()

  /// - Parameters:
  ///   - found: The entries that the asker may see, by the names as they were asked for.
  ///   - moved: The present names of those whose authors were renamed.
  init(
    _ wanted: [IndexBatchRequest.Entry], _ found: [String: CatalogEntry], movedTo moved: [String: SkillName]
  ) throws {
    between.writeStaticString("{\"skills\":[")
    for (index, asked) in wanted.enumerated() {
      if index > 0 { between.writeStaticString(",") }
      try append(asked, found[asked.name], movedTo: moved[asked.name])
    }
    between.writeStaticString("]}")
    pieces.append(between)
  }

  func reply() -> Reply { Reply(headers: [.contentType: Reply.jsonType], body: .shared(pieces)) }

  /// The keys in their order, `document` before the others, each only where there is something to say.
  private mutating func append(
    _ asked: IndexBatchRequest.Entry, _ entry: CatalogEntry?, movedTo name: SkillName?
  ) throws {
    let others = try WireCoding.encode(
      IndexBatchResponse.Entry(
        name: asked.name, etag: entry?.index.tag, document: nil, movedTo: name?.description))
    between.writeStaticString("{")
    if let entry, !entry.isKnown(under: asked.etag) {
      between.writeStaticString("\"document\":")
      pieces += [between, entry.index.bytes]
      between = ByteBuffer()
      between.writeStaticString(",")
    }
    between.writeBytes(others.dropFirst())
  }
}

extension CatalogEntry {
  fileprivate func isKnown(under tag: String?) -> Bool {
    tag.map { EntityTag.isSame($0, index.tag) } ?? false
  }
}
