import Foundation

/// Lists, newest first, of at most 100; `before` is the number of the last one that is known.
extension TaskLog {
  /// The conversations of an account with an agent; nobody else's are among them.
  package func conversations(
    of account: Int64, with agent: String, limit: Int = TaskLimits.listed
  ) async throws -> [TaskConversation] {
    try await database.read { connection in
      try connection.rows(
        """
        SELECT conversations.session_key, tasks.title, last_active_at, open_count
        FROM (
          SELECT session_key, min(id) AS first_id, max(coalesce(ended_at, created_at)) AS last_active_at,
            count(*) - count(ended_at) AS open_count
          FROM tasks WHERE caller_account = \(account) AND agent = \(agent) AND kind = 'chat' GROUP BY session_key
        ) AS conversations
        JOIN tasks ON tasks.id = first_id
        ORDER BY last_active_at DESC, first_id DESC LIMIT \(Self.bounded(limit))
        """
      ).map(TaskConversation.init)
    }
  }

  /// What an account has said in a conversation with an agent; empty for a key of somebody else.
  package func tasks(
    inConversation sessionKey: String, of account: Int64, with agent: String, before number: Int64 = .max,
    limit: Int = TaskLimits.listed
  ) async throws -> [TaskRecord] {
    try await database.read { connection in
      try connection.rows(
        """
        SELECT \(raw: TaskRecord.columns) FROM tasks LEFT JOIN task_contents ON task_id = id
        WHERE caller_account = \(account) AND agent = \(agent) AND session_key = \(sessionKey) AND id < \(number)
        ORDER BY id DESC LIMIT \(Self.bounded(limit))
        """
      ).map(TaskRecord.init)
    }
  }

  /// The newest message of each conversation of an account, with whatever agent.
  package func newestMessages(
    of account: Int64, before number: Int64 = .max, limit: Int = TaskLimits.listed
  ) async throws -> [TaskRecord] {
    try await database.read { connection in
      try connection.rows(
        """
        SELECT \(raw: TaskRecord.columns) FROM tasks LEFT JOIN task_contents ON task_id = id
        WHERE id IN (
          SELECT max(id) FROM tasks WHERE caller_account = \(account) AND kind = 'chat'
          GROUP BY agent, session_key HAVING max(id) < \(number))
        ORDER BY id DESC LIMIT \(Self.bounded(limit))
        """
      ).map(TaskRecord.init)
    }
  }

  /// What anybody has asked of an agent.
  package func tasks(
    ofAgent agent: String, before number: Int64 = .max, limit: Int = TaskLimits.listed
  ) async throws -> [TaskRecord] {
    try await database.read { connection in
      try connection.rows(
        """
        SELECT \(raw: TaskRecord.columns) FROM tasks LEFT JOIN task_contents ON task_id = id
        WHERE agent = \(agent) AND id < \(number) ORDER BY id DESC LIMIT \(Self.bounded(limit))
        """
      ).map(TaskRecord.init)
    }
  }

  private static func bounded(_ limit: Int) -> Int { max(0, min(limit, TaskLimits.listed)) }
}
