import Logging
import RegistryStore

/// Logs damage that shows only while a response is on its way: the head is out, and nobody else gets to hear of it.
func logged(_ logger: Logger, _ send: () async throws -> Void) async throws {
  do {
    try await send()
  } catch let failure as StoreFailure {
    logger.error("request failed", metadata: ["error": "\(failure)"])
    throw failure
  }
}
