import Foundation
import Synchronization

/// A step that is taken again and again on a thread of its own.
///
/// A task that never waits would keep one of the few threads that all tests share.
package final class Repetition: Sendable {
  private let isStopped = Atomic(false)
  private let outcome = Mutex<Result<Int, any Error>>(.success(0))
  private let ended = Signal()

  package init(_ step: @escaping @Sendable () throws -> Void) {
    Thread { [self] in
      defer { ended.fire() }
      do {
        while !isStopped.load(ordering: .relaxed) {
          try step()
          outcome.withLock { $0 = $0.map { $0 + 1 } }
        }
      } catch {
        outcome.withLock { $0 = .failure(error) }
      }
    }.start()
  }

  /// Ends it.
  ///
  /// - Returns: How often the step was taken.
  /// - Throws: What the step threw; it was not taken again then.
  @discardableResult package func stop() async throws -> Int {
    isStopped.store(true, ordering: .relaxed)
    await ended.wait()
    return try outcome.withLock { $0 }.get()
  }
}
