import Logging
import RegistryStore
import ServiceLifecycle

/// Looks every second whether another process has changed the database, and has the caches forget what they knew.
///
/// So a decision of the operator counts within two seconds. What this process changes itself does not show here: the
/// caches forget it when it changes.
struct CatalogWatch: Service {
  let store: RegistryStore
  let forget: @Sendable () -> Void
  let logger: Logger

  static let interval = Duration.seconds(1)

  func run() async {
    await cancelWhenGracefulShutdown {
      var known: Int64?
      while !Task.isCancelled {
        known = await look(after: known)
        // Waking early means that the server stops, which is no failure.
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  /// - Returns: The revision that the cache is no older than; nil when it could not be learned.
  private func look(after known: Int64?) async -> Int64? {
    do {
      let revision = try await store.foreignRevision()
      if revision != known { forget() }
      return revision
    } catch {
      forget()
      if !Task.isCancelled {
        logger.error("looking for changes of other processes failed", metadata: ["error": "\(error)"])
      }
      return nil
    }
  }
}
