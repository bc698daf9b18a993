import Dispatch
import Synchronization

/// Something that happens once, for which others can wait.
package final class Signal: Sendable {
  private let state = Mutex((hasFired: false, waiters: [CheckedContinuation<Void, Never>]()))

  package init() {}

  package func fire() {
    let waiters = state.withLock { state in
      state.hasFired = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  package func wait() async {
    await withCheckedContinuation { continuation in
      let hasFired = state.withLock { state in
        if !state.hasFired { state.waiters.append(continuation) }
        return state.hasFired
      }
      if hasFired { continuation.resume() }
    }
  }
}

/// Values that many threads add to.
package final class Log<Value: Sendable>: Sendable {
  private let state = Mutex([Value]())

  package init() {}

  package var values: [Value] { state.withLock { $0 } }

  package func add(_ value: Value) { state.withLock { $0.append(value) } }
}

extension Signal {
  /// As `wait()`, for a thread of the test server.
  package func block() {
    let semaphore = DispatchSemaphore(value: 0)
    Task {
      await wait()
      semaphore.signal()
    }
    semaphore.wait()
  }
}
