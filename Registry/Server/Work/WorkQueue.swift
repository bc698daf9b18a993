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

  private struct Job: Sendable {
    let client: Client
    var steps = 0
    /// Does one step and returns whether it was the last.
    let step: @Sendable (_ isCancelled: Bool) -> Bool
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
  /// - Throws: `tooManyRequests` or `unavailable` when too much is waiting already.
  package func run<Value: Sendable>(
    for client: Client, steps step: @escaping @Sendable () throws -> Progress<Value>
  ) async throws -> Value {
    try state.withLock { state throws(MeshError) in try state.jobs.open(client) }
    defer { state.withLock { $0.jobs.close(client) } }
    let isCancelled = Atomic(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enqueue(
          Job(client: client) { isStopping in
            do {
              if isStopping || isCancelled.load(ordering: .relaxed) { throw CancellationError() }
              guard case .finished(let value) = try step() else { return false }
              continuation.resume(returning: value)
            } catch {
              continuation.resume(throwing: error)
            }
            return true
          })
      }
    } onCancel: {
      isCancelled.store(true, ordering: .relaxed)
    }
  }

  /// Runs work that cannot be divided.
  package func run<Value: Sendable>(
    for client: Client, _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await run(for: client, steps: { .finished(try work()) })
  }

  private func enqueue(_ job: Job) {
    state.withLock { state in
      if job.steps < Self.shortSteps {
        state.short.append(job, of: job.client)
      } else {
        state.long.append(job, of: job.client)
      }
    }
    threads.submit { threadState in self.work(isStopping: threadState == .cancelled) }
  }

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
