import Foundation
import Logging
import RegistryStore
import ServiceLifecycle

/// Once an hour, removes blobs that an interrupted publish left behind more than a day ago, and what has ended of
/// sessions, logins, links, offers, limits and tasks, and what tasks keep of those who were deleted.
struct Housekeeping: Service {
  let store: RegistryStore
  let logger: Logger
  let now: @Sendable () -> Date

  func run() async {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await collectBlobs()
        await removeExpired()
        // Waking early means that the server stops, which is no failure.
        try? await Task.sleep(for: .seconds(3600))
      }
    }
  }

  private func collectBlobs() async {
    do {
      let removed = try await store.collectUnreferencedBlobs(now: Int(now().timeIntervalSince1970))
      if removed > 0 { logger.info("removed unreferenced blobs", metadata: ["blob.count": "\(removed)"]) }
    } catch {
      logger.error("collecting unreferenced blobs failed", metadata: ["error": "\(error)"])
    }
  }

  func removeExpired() async {
    do {
      var removed = try await store.accounts.removeExpired(at: now())
      removed += try await store.tasks.removeExpired(at: now())
      removed += try await store.eraseTasksOfDeleted(at: now())
      if removed > 0 { logger.info("removed what has expired", metadata: ["row.count": "\(removed)"]) }
    } catch {
      logger.error("removing what has expired failed", metadata: ["error": "\(error)"])
    }
  }
}
