import Foundation
import Skills

/// What the tasks of an agent keep beyond what they may; nothing where both numbers are at most 0.
private struct TaskSurplus: Sendable {
  var tasks: Int
  var bytes: Int

  var isNone: Bool { tasks <= 0 && bytes <= 0 }

  /// Each event counts 100 bytes more than its text: nothing is free.
  init(of agent: String, on connection: any SQLConnection) throws {
    let row = try connection.row(
      """
      SELECT count(*) AS kept_tasks,
        CAST(coalesce(sum(content_bytes + text_bytes + 100 * last_sequence), 0) AS BIGINT) AS kept_bytes
      FROM tasks WHERE agent = \(agent) AND is_trimmed = 0
      """)
    tasks = Int(try row?.integer("kept_tasks") ?? 0) - TaskLimits.keptTexts
    bytes = Int(try row?.integer("kept_bytes") ?? 0) - TaskLimits.keptBytes
  }
}

extension TaskLog {
  /// Has an agent be within its bounds before a task is entered.
  ///
  /// - Throws: `storage_full` when what is too much belongs to tasks under way.
  func makeRoom(for agent: String) async throws {
    if try await surplus(of: agent).isNone { return }
    _ = try await removeSurplus(of: agent)
    guard try await !surplus(of: agent).isNone else { return }
    throw MeshError(
      .storageFull, "the requests to the agent that are under way have \(TaskLimits.keptBytes >> 20) MiB of text",
      hint: "Try again when some of them have ended.")
  }

  /// Removes the text of the oldest tasks of an agent that have ended, as far as it is too much.
  ///
  /// - Returns: How many lost it.
  func removeSurplus(of agent: String) async throws -> Int {
    try await repeatedly(removing: .texts) { connection in
      var surplus = try TaskSurplus(of: agent, on: connection)
      if surplus.isNone { return [] }
      let query: SQL = """
        SELECT id, content_bytes + text_bytes + 100 * last_sequence AS kept_bytes FROM tasks
        WHERE agent = \(agent) AND is_trimmed = 0 AND ended_at IS NOT NULL ORDER BY id LIMIT \(Self.removalTasks)
        """
      return try connection.rows(query) { row in
        if surplus.isNone { return false }
        surplus.tasks -= 1
        surplus.bytes -= Int(try row.integer("kept_bytes"))
        return true
      }
    }
  }

  private func surplus(of agent: String) async throws -> TaskSurplus {
    try await database.read { try TaskSurplus(of: agent, on: $0) }
  }
}
