import Dispatch
import Synchronization

/// Holds this thread until the work is done.
func blocking(_ work: @escaping @Sendable () async throws -> Void) throws {
  let done = DispatchSemaphore(value: 0)
  let result = Mutex<(any Error)?>(nil)
  Task {
    do {
      try await work()
    } catch {
      result.withLock { $0 = error }
    }
    done.signal()
  }
  done.wait()
  if let failure = result.withLock({ $0 }) { throw failure }
}
