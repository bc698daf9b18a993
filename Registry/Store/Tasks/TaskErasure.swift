/// What was said: request, answer, title, and the words of a failure; counts, times and codes stay.
///
/// A task that has not ended, or of whose end somebody is still to hear, is left alone.
extension TaskLog {
  func erase(ofAccount account: Int64) async throws -> Int {
    try await repeatedly(removing: .words) { connection in
      try connection.rows(
        """
        SELECT id FROM tasks
        WHERE caller_account = \(account) AND ended_at IS NOT NULL AND callback_url IS NULL
          AND (is_trimmed = 0 OR title IS NOT NULL OR error_message <> error_code)
        ORDER BY id LIMIT \(Self.removalTasks)
        """)
    }
  }

  func erase(ofAgent agent: String) async throws -> Int {
    try await repeatedly(removing: .words) { connection in
      try connection.rows(
        """
        SELECT id FROM tasks
        WHERE agent = \(agent) AND ended_at IS NOT NULL AND callback_url IS NULL
          AND (is_trimmed = 0 OR title IS NOT NULL OR error_message <> error_code)
        ORDER BY id LIMIT \(Self.removalTasks)
        """)
    }
  }
}
