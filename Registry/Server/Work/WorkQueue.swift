import NIOPosix
import Skills
import Synchronization

/// Blocking work on a few threads, in steps: clients take turns, and work that has taken few steps goes before work
/// that has taken many.
///
/// Nobody has to say how long work will take. What turns out to be long yields after each step, and one turn in four is
/// its own, so that short work never keeps it from ending.
package final class WorkQueue: Sendable {
  package enum Progress<Value: Sendable>: Sendable {
    case unfinished
    case finished(Value)
  }

  /// Whoever waits for a job to end.
  private final class Caller: Sendable {
    private let isGone = Atomic(false)

    var hasLeft: Bool { isGone.load(ordering: .sequentiallyConsistent) }

    func leave() { isGone.store(true, ordering: .sequentiallyConsistent) }
  }

  private struct Job: Sendable {
    let client: Client
    let caller: Caller
    var steps = 0
    /// Does one step and returns whether it was the last.
    let step: @Sendable (_ isStopping: Bool) -> Bool
  }

  private struct State: Sendable {
    var short = TurnQueue<Job>()
    var long = TurnQueue<Job>()
    var turns = 0
    var jobs: OpenJobs
  }

  /// Steps after which work counts as long.
  private static let shortSteps = 8

  private let threads: NIOThreadPool
  private let state: Mutex<State>

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - limit: Jobs that may be open at the same time.
  ///   - limitPerClient: Jobs of one client among them.
  package init(threads count: Int, limit: Int, limitPerClient: Int) {
    threads = NIOThreadPool(numberOfThreads: count)
    state = Mutex(State(jobs: OpenJobs(limit: limit, limitPerClient: limitPerClient)))
    threads.start()
  }

  /// Finishes the steps that have begun.
  package func stop() async throws {
    try await threads.shutdownGracefully()
  }

  /// Jobs that wait for a thread.
  package var waitingJobs: Int { state.withLock { $0.short.count + $0.long.count } }

  /// Calls `step` until it has finished, each time when it is the client's turn.
  ///
  /// - Throws: `tooManyRequests` or `unavailable` when too much is waiting already; `CancellationError` between two
  ///   steps, as soon as it is cancelled or the client has left.
  package func run<Value: Sendable>(
    for client: Client, steps step: @escaping @Sendable () throws -> Progress<Value>
  ) async throws -> Value {
    try state.withLock { state throws(MeshError) in try state.jobs.open(client) }
    defer { state.withLock { $0.jobs.close(client) } }
    let caller = Caller()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enqueue(
          Job(client: client, caller: caller) { isStopping in
            do {
              if isStopping || caller.hasLeft { throw CancellationError() }
              guard case .finished(let value) = try step() else { return false }
              continuation.resume(returning: value)
            } catch {
              continuation.resume(throwing: error)
            }
            return true
          })
        client.onDeparture { self.letGo(caller, of: client) }
      }
    } onCancel: {
      letGo(caller, of: client)
    }
  }

  /// Runs work that cannot be divided.
  package func run<Value: Sendable>(
    for client: Client, _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await run(for: client, steps: { .finished(try work()) })
  }

  private func enqueue(_ job: Job) {
    let waits = state.withLock { state -> Bool in
      // Under the lock: whoever leaves after this is found among those that wait.
      if job.caller.hasLeft { return false }
      if job.steps < Self.shortSteps {
        state.short.append(job, of: job.client)
      } else {
        state.long.append(job, of: job.client)
      }
      return true
    }
    guard waits else { return abandon(job) }
    threads.submit { threadState in self.work(isStopping: threadState == .cancelled) }
  }

  /// Ends a job that waits; one that is in the middle of a step ends after it.
  private func letGo(_ caller: Caller, of client: Client) {
    caller.leave()
    let job = state.withLock { state -> Job? in
      state.short.remove(of: client) { $0.caller === caller } ?? state.long.remove(of: client) { $0.caller === caller }
    }
    if let job { abandon(job) }
  }

  private func abandon(_ job: Job) { _ = job.step(true) }

  /// One step of whatever is next.
  private func work(isStopping: Bool) {
    let next = state.withLock { state -> Job? in
      state.turns += 1
      if state.turns.isMultiple(of: 4), let job = state.long.popFirst() { return job }
      return state.short.popFirst() ?? state.long.popFirst()
    }
    guard var job = next, !job.step(isStopping) else { return }
    job.steps += 1
    enqueue(job)
  }
}
