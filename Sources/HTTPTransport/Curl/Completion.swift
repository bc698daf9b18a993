import Synchronization

/// What a caller waits for while the thread of the transport works, one request of its chain after another.
///
/// Every request has one outcome; a cancellation may come any time and stays.
final class Completion: Sendable {
  typealias Outcome = Result<Exchange, ExchangeFailure>

  private struct State {
    var waiter: CheckedContinuation<Outcome, Never>?
    var isCancelled = false
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func wait(with continuation: CheckedContinuation<Outcome, Never>) {
    state.withLock { $0.waiter = continuation }
  }

  func cancel() {
    state.withLock { $0.isCancelled = true }
  }

  /// The first outcome counts.
  func settle(_ outcome: Outcome) {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: outcome)
  }
}
