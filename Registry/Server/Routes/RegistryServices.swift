import Foundation
import RegistryStore
import SkillArchive
import Skills

/// What handlers share.
///
/// There is no way from here to the catalog but through `CachedCatalog`.
struct RegistryServices: Sendable {
  let accounts: Accounts
  let catalog: CachedCatalog
  let archives: ArchiveContents
  let files: FileContents
  let uploads: Uploads
  let limits: RegistryLimits
  let now: @Sendable () -> Date
  /// Answers once the database has answered.
  let ping: @Sendable () async throws -> Void

  init(
    store: RegistryStore, limits: RegistryLimits, threads: WorkThreads, now: @escaping @Sendable () -> Date
  ) {
    accounts = store.accounts
    catalog = CachedCatalog(store.catalog)
    let cache = BlobCache(store: store.blobs, threads: threads, limits: limits)
    archives = ArchiveContents(
      blobs: store.blobs, cache: cache, catalog: catalog, threads: threads, limits: limits.archive)
    files = FileContents(blobs: store.blobs, cache: cache, threads: threads, limits: limits.archive)
    uploads = Uploads(store: store, threads: threads, limits: limits.archive)
    self.limits = limits
    self.now = now
    ping = { try await store.ping() }
  }
}
