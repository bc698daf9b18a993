import Foundation
import RegistryStore
import SkillArchive
import Skills

/// What the routes share: the store, the limits, the clock, and the threads for work that blocks.
struct RegistryServices: Sendable {
  let store: RegistryStore
  let limits: RegistryLimits
  let catalog: CatalogCache
  let blobs: BlobCache
  let threads: WorkThreads
  let now: @Sendable () -> Date

  init(
    store: RegistryStore, limits: RegistryLimits, threads: WorkThreads, now: @escaping @Sendable () -> Date
  ) {
    self.store = store
    self.limits = limits
    self.threads = threads
    self.now = now
    catalog = CatalogCache(catalog: store.catalog)
    blobs = BlobCache(store: store.blobs, threads: threads.general)
  }

  /// Runs work that blocks on a thread that may.
  func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await threads.general.runIfActive(work)
  }

  /// Runs work that unpacks a stored archive, a few at a time.
  func unpacking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await threads.archives.runIfActive(work)
  }
}
