import Skills
import Synchronization

/// Lets a few requests of one kind run at a time; the others wait, and clients take turns.
///
/// For work that is asynchronous itself, unlike that of a `WorkQueue`: waiting blocks no thread.
package final class AdmissionQueue: Sendable {
  private struct Waiter: Sendable {
    let id: Int
    let continuation: CheckedContinuation<Void, any Error>
  }

  private enum Admission { case free, queued, cancelled }

  private struct State: Sendable {
    var running = 0
    var waiting = TurnQueue<Waiter>()
    var waiters = 0
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
  /// - Throws: `tooManyRequests` or `unavailable` when too much is waiting already; `CancellationError` for one that
  ///   waits, as soon as it is cancelled or its client has left; what `work` throws.
  package func run<Value: Sendable>(for client: Client, _ work: () async throws -> Value) async throws -> Value {
    try state.withLock { state throws(MeshError) in try state.jobs.open(client) }
    defer { state.withLock { $0.jobs.close(client) } }
    try await acquire(client)
    defer { release() }
    try Task.checkCancellation()
    return try await work()
  }

  private func acquire(_ client: Client) async throws {
    let id = state.withLock { state -> Int in
      state.waiters += 1
      return state.waiters
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        switch admit(Waiter(id: id, continuation: continuation), of: client) {
        case .free: continuation.resume()
        case .queued: client.onDeparture { self.letGo(id, of: client) }
        case .cancelled: continuation.resume(throwing: CancellationError())
        }
      }
    } onCancel: {
      letGo(id, of: client)
    }
  }

  private func admit(_ waiter: Waiter, of client: Client) -> Admission {
    state.withLock { state -> Admission in
      // Under the lock: whoever is cancelled after this is found among those that wait.
      if Task.isCancelled { return .cancelled }
      guard state.running < concurrency else {
        state.waiting.append(waiter, of: client)
        return .queued
      }
      state.running += 1
      return .free
    }
  }

  /// Does nothing once it was the waiter's turn.
  private func letGo(_ id: Int, of client: Client) {
    let waiter = state.withLock { $0.waiting.remove(of: client) { $0.id == id } }
    waiter?.continuation.resume(throwing: CancellationError())
  }

  private func release() {
    let next = state.withLock { state -> Waiter? in
      if let next = state.waiting.popFirst() { return next }
      state.running -= 1
      return nil
    }
    next?.continuation.resume()
  }
}
