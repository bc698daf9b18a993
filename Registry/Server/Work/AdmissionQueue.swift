import Skills
import Synchronization

/// Lets a few requests of one kind run at a time; the others wait, and clients take turns.
///
/// For work that is asynchronous itself, unlike that of a `WorkQueue`: waiting blocks no thread.
package final class AdmissionQueue: Sendable {
  private typealias Waiter = CheckedContinuation<Void, Never>

  private struct State: Sendable {
    var running = 0
    var waiting = TurnQueue<Waiter>()
    var jobs: OpenJobs
  }

  private let state: Mutex<State>
  private let concurrency: Int

  /// - Parameters:
  ///   - concurrency: Requests that run at a time.
  ///   - limit: Requests that may run or wait.
  ///   - limitPerClient: Requests of one client among them.
  package init(concurrency: Int, limit: Int, limitPerClient: Int) {
    self.concurrency = concurrency
    state = Mutex(State(jobs: OpenJobs(limit: limit, limitPerClient: limitPerClient)))
  }

  /// Requests that wait for their turn.
  package var waitingRequests: Int { state.withLock { $0.waiting.count } }

  /// Does `work` when it is the client's turn.
  ///
  /// - Throws: `tooManyRequests` or `unavailable` when too much is waiting already; what `work` throws.
  package func run<Value: Sendable>(for client: Client, _ work: () async throws -> Value) async throws -> Value {
    try state.withLock { state throws(MeshError) in try state.jobs.open(client) }
    await acquire(client)
    defer { release(client) }
    try Task.checkCancellation()
    return try await work()
  }

  private func acquire(_ client: Client) async {
    await withCheckedContinuation { (waiter: Waiter) in
      let isFree = state.withLock { state -> Bool in
        guard state.running < concurrency else {
          state.waiting.append(waiter, of: client)
          return false
        }
        state.running += 1
        return true
      }
      if isFree { waiter.resume() }
    }
  }

  private func release(_ client: Client) {
    let next = state.withLock { state -> Waiter? in
      state.jobs.close(client)
      if let next = state.waiting.popFirst() { return next }
      state.running -= 1
      return nil
    }
    next?.resume()
  }
}
