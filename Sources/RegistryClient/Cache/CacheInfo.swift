/// What is in the cache.
package struct CacheInfo: Sendable, Hashable, Encodable {
  package var folder: String
  package var archives = 0
  /// Bytes.
  package var archiveBytes = 0
  package var indexDocuments = 0
  /// Bytes.
  package var indexBytes = 0
  /// Bytes that it may hold.
  package var limit: Int
  /// Paths within the folder of what is not ours and is left alone.
  package var foreign: [String] = []

  init(_ cache: SkillCache, _ listing: CacheListing? = nil) {
    folder = cache.folder
    limit = cache.limit
    foreign = listing?.foreign ?? []
    for entry in listing?.entries ?? [] {
      switch entry.path.content {
      case .archive:
        archives += 1
        archiveBytes += entry.size
      case .index:
        indexDocuments += 1
        indexBytes += entry.size
      case .unfinished, .usage: continue
      }
    }
  }
}

/// What a look at every file of the cache has found.
package struct CacheReport: Sendable, Hashable, Encodable {
  package var folder: String
  /// Archives that are what their names say.
  package var archives = 0
  /// Index documents that are as they were written.
  package var indexDocuments = 0
  /// Paths within the folder of what was damaged, and has been removed.
  package var damaged: [String] = []
  /// Paths within the folder of what is not ours and is left alone.
  package var foreign: [String] = []
}
