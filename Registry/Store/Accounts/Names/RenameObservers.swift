import Synchronization

/// Who is told when a name has changed, however the change came about in this process.
final class RenameObservers: Sendable {
  private let observers = Mutex<[@Sendable () -> Void]>([])

  func add(_ observer: @escaping @Sendable () -> Void) {
    observers.withLock { $0.append(observer) }
  }

  /// Tells them once the change was made, and also when the database failed: whether it was made may then be unknown.
  func report<Value: Sendable>(_ change: () async throws -> Value) async throws -> Value {
    do {
      let value = try await change()
      notify()
      return value
    } catch let failure as StoreFailure {
      notify()
      throw failure
    }
  }

  private func notify() {
    for observer in observers.withLock({ $0 }) { observer() }
  }
}
