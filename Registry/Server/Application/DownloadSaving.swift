import Logging
import ServiceLifecycle

/// Every few seconds, and once more when the server stops, saves how often versions were downloaded; a crash forgets
/// at most those seconds.
struct DownloadSaving: Service {
  let downloads: DownloadCounter
  let logger: Logger

  static let interval = Duration.seconds(2)

  func run() async {
    var goesOn = true
    while goesOn {
      // Only the rest is cut short: a transaction that others share must not be.
      goesOn = await cancelWhenGracefulShutdown { (try? await Task.sleep(for: Self.interval)) != nil }
      await save()
    }
  }

  private func save() async {
    do {
      try await downloads.save()
    } catch {
      if !Task.isCancelled { logger.error("saving counts of downloads failed", metadata: ["error": "\(error)"]) }
    }
  }
}
