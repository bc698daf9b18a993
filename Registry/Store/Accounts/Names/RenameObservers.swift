import Synchronization

/// Who is told when a name has changed, however the change came about in this process.
final class RenameObservers: Sendable {
  private let observers = Mutex<[@Sendable () -> Void]>([])

  func add(_ observer: @escaping @Sendable () -> Void) {
    observers.withLock { $0.append(observer) }
  }

  func notify() {
    for observer in observers.withLock({ $0 }) { observer() }
  }
}
