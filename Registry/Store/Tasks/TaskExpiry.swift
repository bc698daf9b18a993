import Foundation

extension TaskLog {
  /// Events that one transaction removes, so that nobody who appends waits long for it.
  private static let removalBatch = 2_000
  static let removalTasks = 100

  /// Removes the text of tasks that ended more than 24 hours ago, but for the newest 100 of each agent, and everything
  /// of those that ended more than 35 days ago; of an agent with more text than it may keep, more than that.
  ///
  /// To be called now and then. A task that has not ended stays whole.
  ///
  /// - Returns: How many tasks lost something.
  @discardableResult
  package func removeExpired(at time: Date) async throws -> Int {
    let (old, older) = (
      time.addingTimeInterval(-TaskLimits.textLifetime), time.addingTimeInterval(-TaskLimits.recordLifetime)
    )
    var removed = try await repeatedly(removing: .records) { connection in
      try connection.rows(
        "SELECT id FROM tasks WHERE ended_at <= \(older) ORDER BY ended_at LIMIT \(Self.removalTasks)")
    }
    var next = try await keepingAgent(after: "")
    while let agent = next, !Task.isCancelled {
      removed += try await repeatedly(removing: .texts) { connection in
        try connection.rows(
          """
          SELECT id FROM tasks
          WHERE agent = \(agent) AND is_trimmed = 0 AND ended_at <= \(old) AND id <= (
            SELECT id FROM tasks WHERE agent = \(agent) AND is_trimmed = 0
            ORDER BY id DESC LIMIT 1 OFFSET \(TaskLimits.keptTasks))
          ORDER BY id LIMIT \(Self.removalTasks)
          """)
      }
      removed += try await removeSurplus(of: agent)
      next = try await keepingAgent(after: agent)
    }
    return removed
  }

  /// The next agent, in the order of their ids, of which text is kept.
  private func keepingAgent(after agent: String) async throws -> String? {
    try await database.read { connection in
      try connection.row(
        "SELECT agent FROM tasks WHERE is_trimmed = 0 AND agent > \(agent) ORDER BY agent LIMIT 1")?.text("agent")
    }
  }

  enum Removal {
    case texts
    /// With the title and the reason of a failure.
    case words
    case records
  }

  /// Removes of the tasks that `select` finds until it finds none.
  func repeatedly(
    removing removal: Removal, of select: @escaping @Sendable (any SQLConnection) throws -> [SQLRow]
  ) async throws -> Int {
    var removed = 0
    while !Task.isCancelled {
      let tasks = try await database.read { try select($0).map { try $0.integer("id") } }
      if tasks.isEmpty { break }
      removed += try await database.write { try Self.remove(removal, of: tasks, on: $0) }
    }
    return removed
  }

  /// Removes as much as one transaction may; what is left of a task goes with the next one.
  ///
  /// - Returns: The tasks of which nothing is left to remove.
  private static func remove(_ removal: Removal, of tasks: [Int64], on connection: any SQLConnection) throws -> Int {
    var room = removalBatch
    for (index, task) in tasks.enumerated() {
      room -= try connection.execute(
        """
        DELETE FROM task_events WHERE task_id = \(task) AND sequence IN (
          SELECT sequence FROM task_events WHERE task_id = \(task) ORDER BY sequence LIMIT \(room))
        """)
      if room == 0, try hasEvents(task, on: connection) { return index }
      try connection.execute("DELETE FROM task_contents WHERE task_id = \(task)")
      switch removal {
      case .texts: try connection.execute("UPDATE tasks SET is_trimmed = 1 WHERE id = \(task)")
      case .words:
        try connection.execute(
          "UPDATE tasks SET is_trimmed = 1, title = NULL, error_message = error_code WHERE id = \(task)")
      case .records: try connection.execute("DELETE FROM tasks WHERE id = \(task)")
      }
    }
    return tasks.count
  }

  private static func hasEvents(_ task: Int64, on connection: any SQLConnection) throws -> Bool {
    try connection.row("SELECT sequence FROM task_events WHERE task_id = \(task) LIMIT 1") != nil
  }
}
