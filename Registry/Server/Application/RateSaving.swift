import Logging
import ServiceLifecycle

/// Once a second, and at the end, saves how much of the limits is used; a crash forgives at most that second.
struct RateSaving: Service {
  let rates: RateLimiter
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      await attempt { try await rates.load() }
      while !Task.isCancelled {
        // Waking early means that the server stops, which is no failure.
        try? await Task.sleep(for: .seconds(1))
        if !Task.isCancelled { await attempt { try await rates.save() } }
      }
    }
    // Out here nothing is cancelled by a server that stops in good order.
    await attempt { try await rates.save() }
  }

  private func attempt(_ work: @Sendable () async throws -> Void) async {
    do {
      try await work()
    } catch {
      if !Task.isCancelled { logger.error("keeping the limits failed", metadata: ["error": "\(error)"]) }
    }
  }
}
