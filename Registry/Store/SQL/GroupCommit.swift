import Synchronization

/// Lets many waiting writers share one durable commit.
///
/// Whoever finds the writer idle leads: it takes every job that waits, runs them in one transaction and hands the lead
/// on. Each job stands in a savepoint of its own, so that one that fails undoes only itself.
actor GroupCommit {
  typealias Batch = @Sendable ([Job]) async -> Void

  private enum Role { case lead, done }

  private let runBatch: Batch
  private var isLed = false
  private var waiting: [(job: Job, continuation: CheckedContinuation<Role, Never>)] = []

  /// More than this many jobs wait for the commit after the next.
  private static let batchLimit = 256

  init(_ runBatch: @escaping Batch) {
    self.runBatch = runBatch
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
    let result = Mutex<Value?>(nil)
    let outcome = Outcome()
    let job = Job(outcome: outcome) { connection in
      let value = try body(connection)
      result.withLock { $0 = value }
    }
    await commit(job)
    if let error = outcome.error { throw error }
    guard let value = result.withLock({ $0 }) else { throw StoreFailure.readOnly }
    return value
  }

  private func commit(_ job: Job) async {
    if isLed {
      let role = await withCheckedContinuation { waiting.append((job, $0)) }
      if role == .done { return }
    }
    isLed = true
    let followers = waiting.prefix(Self.batchLimit)
    waiting.removeFirst(followers.count)
    await runBatch([job] + followers.map(\.job))
    for follower in followers { follower.continuation.resume(returning: .done) }
    if waiting.isEmpty {
      isLed = false
    } else {
      waiting.removeFirst().continuation.resume(returning: .lead)
    }
  }
}

extension GroupCommit {
  struct Job: Sendable {
    let outcome: Outcome
    let body: @Sendable (any SQLConnection) throws -> Void
  }

  /// Where a batch leaves what became of a job: no error means that it is durable.
  final class Outcome: Sendable {
    private let stored = Mutex<(any Error)?>(nil)

    var error: (any Error)? { stored.withLock { $0 } }

    func fail(_ error: any Error) { stored.withLock { $0 = error } }
  }
}
