import Synchronization

/// When something last happened, on a clock that stands while the machine sleeps: nothing can happen then.
final class Activity: Sendable {
  private let last = Mutex(SuspendingClock.now)

  func touch() { last.withLock { $0 = .now } }

  /// Waits until nothing has happened for so long.
  ///
  /// - Returns: False when the task was cancelled before.
  func waitUntilIdle(for limit: Duration) async -> Bool {
    while true {
      let due = last.withLock { $0 } + limit
      if due <= .now { return true }
      do { try await Task.sleep(until: due, clock: .suspending) } catch { return false }
    }
  }
}
