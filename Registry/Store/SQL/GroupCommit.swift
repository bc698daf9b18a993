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
    let job = Job { connection in
      let value = try body(connection)
      result.withLock { $0 = value }
    }
    await batches.join(job)
    if let error = job.error { throw error }
    guard let value = result.withLock({ $0 }) else { throw StoreFailure.readOnly }
    return value
  }
}

extension GroupCommit {
  /// A change, and where its batch leaves what became of it: no error means that it is durable.
  final class Job: Sendable {
    let body: @Sendable (any SQLConnection) throws -> Void
    private let failure = Mutex<(any Error)?>(nil)

    init(_ body: @escaping @Sendable (any SQLConnection) throws -> Void) {
      self.body = body
    }

    var error: (any Error)? { failure.withLock { $0 } }

    func fail(_ error: any Error) { failure.withLock { $0 = error } }
  }
}
