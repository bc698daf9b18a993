import Foundation
import Skills

extension TaskLog {
  /// Events behind a number, as many as both limits allow, and at least one where there is one.
  ///
  /// - Parameters:
  ///   - sequence: The last one that is known; 0 for all.
  ///   - limit: Events, at most 1,000.
  ///   - bytes: Of their bodies, at most 1 MiB.
  /// - Throws: `not_found` for a task that the log does not know.
  package func events(
    of requestID: String, after sequence: Int, limit: Int = TaskLimits.pageEvents, bytes: Int = TaskLimits.pageBytes
  ) async throws -> TaskPage {
    try await database.read { connection in
      let task = try connection.row(
        """
        SELECT id, last_sequence, ended_at,
          (SELECT min(sequence) FROM task_events WHERE task_id = tasks.id) AS first_sequence
        FROM tasks WHERE request_id = \(requestID)
        """)
      guard let task else {
        throw MeshError(.notFound, "there is no task '\(requestID)'", hint: "It may have aged out.")
      }
      let last = Int(try task.integer("last_sequence"))
      var page = TaskPage(
        events: [], firstAvailable: try task.optional("first_sequence", task.integer).map { Int($0) } ?? last + 1,
        lastSequence: last, isEnded: try task.optional("ended_at", task.date) != nil)
      let id = try task.integer("id")
      if last > sequence {
        let query: SQL = """
          SELECT sequence, is_ending, created_at, body FROM task_events
          WHERE task_id = \(id) AND sequence > \(sequence)
          ORDER BY sequence LIMIT \(max(1, min(limit, TaskLimits.pageEvents)))
          """
        page.events = try Self.events(query, of: requestID, bytes: min(bytes, TaskLimits.pageBytes), on: connection)
      }
      return page
    }
  }

  private static func events(
    _ query: SQL, of requestID: String, bytes: Int, on connection: any SQLConnection
  ) throws -> [TaskEvent] {
    var (count, size) = (0, 0)
    let rows = try connection.rows(query) { row in
      size += try row.text("body").utf8.count
      count += 1
      return count == 1 || size <= bytes
    }
    return try rows.map { try TaskEvent($0, of: requestID) }
  }

  /// Nil for one that the log does not know, or no longer; as by its call.
  package func task(_ requestID: String) async throws -> TaskRecord? {
    try await database.read { connection in
      try connection.row(
        """
        SELECT \(raw: TaskRecord.columns) FROM tasks LEFT JOIN task_contents ON task_id = id
        WHERE request_id = \(requestID)
        """
      ).map(TaskRecord.init)
    }
  }

  package func task(callID: String) async throws -> TaskRecord? {
    try await database.read { connection in
      try connection.row(
        """
        SELECT \(raw: TaskRecord.columns) FROM tasks LEFT JOIN task_contents ON task_id = id
        WHERE call_id = \(callID)
        """
      ).map(TaskRecord.init)
    }
  }

  /// The tasks of an agent that have not ended, in the order in which they came.
  package func open(of agent: String) async throws -> [TaskRecord] {
    try await database.read { connection in
      try connection.rows(
        """
        SELECT \(raw: TaskRecord.columns) FROM tasks LEFT JOIN task_contents ON task_id = id
        WHERE agent = \(agent) AND ended_at IS NULL
        """
      ).map(TaskRecord.init).sorted { $0.number < $1.number }
    }
  }

  /// The most agents that a task of an agent has come through that has not ended; 0 without one.
  package func openHops(of agent: String) async throws -> Int {
    try await database.read { connection in
      let row = try connection.row(
        "SELECT coalesce(max(hops), 0) AS n FROM tasks WHERE agent = \(agent) AND ended_at IS NULL")
      return Int(try row?.integer("n") ?? 0)
    }
  }

  /// The agents with tasks that have not ended.
  package func openAgents() async throws -> [String] {
    try await database.read { connection in
      try connection.rows("SELECT DISTINCT agent FROM tasks WHERE ended_at IS NULL").map { try $0.text("agent") }
    }
  }
}
