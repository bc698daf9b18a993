import Foundation
import Skills

/// Every request to an agent and what came of it, event by event: what readers are shown is what is in here.
///
/// In a database and with a writer of its own, so that nothing else delays an event. What a call returns is durable.
/// The agents and accounts in it are only named: that they may do what they ask for is decided before.
package final class TaskLog: Sendable {
  let database: any SQLDatabase

  package init(database: any SQLDatabase) {
    self.database = database
  }

  /// Enters a task, unless the same caller has entered it before by the same idempotency key.
  ///
  /// - Throws: `MeshError`: `conflict` for a request id or a call id in use, and for a key that came with another
  ///   request; `too_many_requests` when a quota is used up; `storage_full` when the tasks of the agent that are under
  ///   way have all the text that it may keep; `payload_too_large` and `validation_error`.
  package func create(_ task: NewTask) async throws -> TaskCreation {
    try task.check()
    let idempotencyHash = try task.idempotencyHash
    // One that is in the log already needs no room.
    if let existing = try await entered(task) { return .existing(existing) }
    try await makeRoom(for: task.agent)
    return try await database.write { connection in
      try TaskEntry(task: task, idempotencyHash: idempotencyHash, connection: connection).enter()
    }
  }

  /// The task that the same caller has entered before by the same idempotency key; nil when there is none.
  ///
  /// - Throws: `conflict` for a key that came with another request.
  package func entered(_ task: NewTask) async throws -> TaskRecord? {
    guard let idempotencyHash = try task.idempotencyHash else { return nil }
    return try await database.read { connection in
      try TaskEntry(task: task, idempotencyHash: idempotencyHash, connection: connection).existing()
    }
  }

  /// Appends events and returns those that are in the log now, in their order.
  ///
  /// One change is one commit, which it shares with those that come at the same time. Left out are repeats, what comes
  /// after the end, and what `record(_:)` refuses. An event with which a task has too much text, or too
  /// many events, becomes its end.
  package func append(_ entries: [TaskAppend]) async throws -> [TaskEvent] {
    try await record(entries).compactMap(\.event)
  }

  /// As `append(_:)`, with what became of each entry.
  package func record(_ entries: [TaskAppend]) async throws -> [AppendOutcome] {
    guard !entries.isEmpty else { return [] }
    return try await database.write { connection in
      let writer = TaskWriter(connection: connection)
      return try entries.map { try writer.append($0) }
    }
  }

  /// Notes that a task is to be cancelled; its end is an event as any other.
  ///
  /// - Returns: False when there is no such task, or it has ended.
  @discardableResult
  package func markCancelled(_ requestID: String) async throws -> Bool {
    try await database.write { connection in
      try connection.execute(
        "UPDATE tasks SET is_cancelled = 1 WHERE request_id = \(requestID) AND ended_at IS NULL") > 0
    }
  }
}
