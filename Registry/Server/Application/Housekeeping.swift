import Foundation
import Logging
import RegistryStore
import ServiceLifecycle

/// Once an hour, removes blobs that an interrupted publish left behind more than a day ago.
struct Housekeeping: Service {
  let store: RegistryStore
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await collect()
        // Waking early means that the server stops, which is no failure.
        try? await Task.sleep(for: .seconds(3600))
      }
    }
  }

  private func collect() async {
    do {
      let removed = try await store.collectUnreferencedBlobs(now: Int(Date().timeIntervalSince1970))
      if removed > 0 { logger.info("removed unreferenced blobs", metadata: ["blob.count": "\(removed)"]) }
    } catch {
      logger.error("collecting unreferenced blobs failed", metadata: ["error": "\(error)"])
    }
  }
}
