import Synchronization

/// Lets many waiting writers share one durable commit.
///
/// Each job stands in a savepoint of its own, so that one that fails undoes only itself.
struct GroupCommit: Sendable {
  private let batches: Batching<Job>

  init(_ runBatch: @escaping @Sendable ([Job]) async -> Void) {
    batches = Batching(limit: 256, runBatch)
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
    let result = Mutex<Value?>(nil)
    let outcome = Outcome()
    await batches.join(
      Job(outcome: outcome) { connection in
        let value = try body(connection)
        result.withLock { $0 = value }
      })
    if let error = outcome.error { throw error }
    guard let value = result.withLock({ $0 }) else { throw StoreFailure.readOnly }
    return value
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
