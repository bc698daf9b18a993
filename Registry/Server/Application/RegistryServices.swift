import Foundation
import NIOPosix
import RegistryStore
import SkillArchive
import Skills

/// What the routes share: the store, the limits, the clock, and the threads for work that blocks.
struct RegistryServices: Sendable {
  let store: RegistryStore
  let limits: RegistryLimits
  let catalog: CatalogCache
  let blobs: BlobCache
  let threads: NIOThreadPool
  let now: @Sendable () -> Date

  init(
    store: RegistryStore, limits: RegistryLimits, threads: NIOThreadPool, now: @escaping @Sendable () -> Date
  ) {
    self.store = store
    self.limits = limits
    self.threads = threads
    self.now = now
    catalog = CatalogCache(catalog: store.catalog)
    blobs = BlobCache(store: store.blobs, threads: threads)
  }

  /// Runs work that blocks on a thread that may.
  func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await threads.runIfActive(work)
  }
}
