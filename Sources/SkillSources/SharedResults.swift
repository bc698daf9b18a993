import Skills
import Synchronization

/// Work that is done once for everybody who asks: who asks while it is under way waits, and who asks later gets the
/// result.
///
/// A failure is a result, too, so that an address that does not answer is not waited for again and again; only what was
/// cancelled is done again. Whoever is cancelled waits no longer, while the work goes on for the others; it is cancelled
/// when nobody waits for it any more.
final class SharedResults<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private typealias Outcome = Result<Value, MeshError>
  private typealias Continuation = CheckedContinuation<Ending, Never>

  /// How waiting ends.
  private struct Ending: Sendable {
    var outcome: Outcome
    /// Ends before anybody goes on; nil when it is over already, or goes on for others.
    var work: Task<Void, Never>?
  }

  private struct Waiter: Hashable {
    let number: Int
  }

  private struct Work {
    /// Tells it from later work for the same key.
    let first: Waiter
    let task: Task<Void, Never>
    var waiting: [Waiter: Continuation] = [:]
  }

  private struct Table {
    var running: [Key: Work] = [:]
    var finished: [Key: Outcome] = [:]
    /// Finished ones, the oldest first.
    var kept: [Key] = []
    var waiters = 0

    mutating func newWaiter() -> Waiter {
      waiters += 1
      return Waiter(number: waiters)
    }

    mutating func keep(_ outcome: Outcome, _ key: Key, limit: Int) {
      if case .failure(let failure) = outcome, failure.code == .cancelled { return }
      finished[key] = outcome
      kept.append(key)
      if kept.count > limit { finished[kept.removeFirst()] = nil }
    }
  }

  private let limit: Int
  private let table = Mutex(Table())

  /// - Parameter limit: So many results are kept; the oldest goes first.
  init(keeping limit: Int) {
    self.limit = limit
  }

  func value(
    of key: Key, _ make: @escaping @Sendable () async throws(MeshError) -> Value
  ) async throws(MeshError) -> Value {
    let waiter = table.withLock { $0.newWaiter() }
    let ending = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: Continuation) in
        if let ending = wait(for: key, waiter, continuation, make) { continuation.resume(returning: ending) }
      }
    } onCancel: {
      stopWaiting(for: key, waiter)
    }
    // Whoever waits sees the work to its end, so that no program runs and no folder stays after a command.
    await ending.work?.value
    return try ending.outcome.get()
  }

  private static var interrupted: Outcome { .failure(MeshError(.cancelled, "interrupted")) }

  /// Keeps a result that was obtained otherwise.
  func keep(_ value: Value, as key: Key) {
    table.withLock { table in
      guard table.running[key] == nil, table.finished[key] == nil else { return }
      table.keep(.success(value), key, limit: limit)
    }
  }

  /// How many wait for work that is under way.
  func waiting(for key: Key) -> Int { table.withLock { $0.running[key]?.waiting.count ?? 0 } }

  /// - Returns: The end of waiting, when there is nothing to wait for.
  private func wait(
    for key: Key, _ waiter: Waiter, _ continuation: Continuation,
    _ make: @escaping @Sendable () async throws(MeshError) -> Value
  ) -> Ending? {
    table.withLock { table -> Ending? in
      if let outcome = table.finished[key] { return Ending(outcome: outcome) }
      // A cancellation before this moment has found nobody who waits.
      if Task.isCancelled { return Ending(outcome: Self.interrupted) }
      if table.running[key] == nil {
        let task = Task { self.finish(key, waiter, await Outcome.catching(make)) }
        table.running[key] = Work(first: waiter, task: task)
      }
      table.running[key]?.waiting[waiter] = continuation
      return nil
    }
  }

  private func finish(_ key: Key, _ first: Waiter, _ outcome: Outcome) {
    let ended = table.withLock { table -> Work? in
      guard let work = table.running[key], work.first == first else { return nil }
      table.running[key] = nil
      table.keep(outcome, key, limit: limit)
      return work
    }
    guard let ended else { return }
    let ending = Ending(outcome: outcome, work: ended.task)
    for continuation in ended.waiting.values { continuation.resume(returning: ending) }
  }

  private func stopWaiting(for key: Key, _ waiter: Waiter) {
    let (continuation, abandoned) = table.withLock { table -> (Continuation?, Task<Void, Never>?) in
      guard let continuation = table.running[key]?.waiting.removeValue(forKey: waiter) else { return (nil, nil) }
      guard let work = table.running[key], work.waiting.isEmpty else { return (continuation, nil) }
      table.running[key] = nil
      return (continuation, work.task)
    }
    abandoned?.cancel()
    continuation?.resume(returning: Ending(outcome: Self.interrupted, work: abandoned))
  }
}

extension Result {
  /// The outcome of an asynchronous step.
  static func catching(_ body: () async throws(Failure) -> Success) async -> Self {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
