import Synchronization

/// Set once a write to disk has failed: what the kernel dropped then is not written by trying again.
///
/// One for the database and the blobs of a store; only a new process clears it.
final class ReadOnlyMode: Sendable {
  private let state = Mutex(false)

  /// - Throws: `.readOnly` once writing is off.
  func check() throws(StoreFailure) {
    if state.withLock({ $0 }) { throw .readOnly }
  }

  func turnOn() { state.withLock { $0 = true } }

  /// Runs a step that makes something durable; its failure turns writing off.
  func guarding<Value>(_ step: () throws(StoreFailure) -> Value) throws(StoreFailure) -> Value {
    do {
      return try step()
    } catch {
      if case .inaccessible = error { turnOn() }
      throw error
    }
  }
}
