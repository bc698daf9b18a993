import Dispatch
import Synchronization

/// Something that happens once, for which others can wait.
final class Signal: Sendable {
  private let state = Mutex((hasFired: false, waiters: [CheckedContinuation<Void, Never>]()))

  func fire() {
    let waiters = state.withLock { state in
      state.hasFired = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  func wait() async {
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
final class Log<Value: Sendable>: Sendable {
  private let state = Mutex([Value]())

  var values: [Value] { state.withLock { $0 } }

  func add(_ value: Value) { state.withLock { $0.append(value) } }
}

extension Signal {
  /// As `wait()`, for a thread of the test server.
  func block() {
    let semaphore = DispatchSemaphore(value: 0)
    Task {
      await wait()
      semaphore.signal()
    }
    semaphore.wait()
  }
}
