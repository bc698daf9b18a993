import Logging
import ServiceLifecycle

/// Saves what is counted in memory after each interval, and once more when the server stops; a crash forgets at most
/// one interval.
struct PeriodicSave: Service {
  /// What is counted, for the log.
  let counter: String
  let interval: Duration
  let logger: Logger
  /// Takes over, at the start, what was saved before.
  var load: @Sendable () async throws -> Void = {}
  let save: @Sendable () async throws -> Void

  func run() async {
    await attempt(load)
    var goesOn = true
    while goesOn {
      // Only the wait is cut short: a transaction that others share must not be.
      goesOn = await cancelWhenGracefulShutdown { (try? await Task.sleep(for: interval)) != nil }
      await attempt(save)
    }
  }

  private func attempt(_ work: @Sendable () async throws -> Void) async {
    do {
      try await work()
    } catch {
      if !Task.isCancelled {
        logger.error("keeping counts failed", metadata: ["counter.name": "\(counter)", "error": "\(error)"])
      }
    }
  }
}
