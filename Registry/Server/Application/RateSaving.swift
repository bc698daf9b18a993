import Logging
import ServiceLifecycle

/// Once a second, saves how much of the limits is used; a restart forgives at most that second.
struct RateSaving: Service {
  let rates: RateLimiter
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      await attempt { try await rates.load() }
      while !Task.isCancelled {
        // Waking early means that the server stops, which is no failure.
        try? await Task.sleep(for: .seconds(1))
        await attempt { try await rates.save() }
      }
    }
  }

  private func attempt(_ work: @Sendable () async throws -> Void) async {
    do {
      try await work()
    } catch {
      logger.error("keeping the limits failed", metadata: ["error": "\(error)"])
    }
  }
}
