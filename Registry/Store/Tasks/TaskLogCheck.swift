extension TaskLog {
  /// Faults that one check reports.
  private static let reported = 100

  /// One sentence for each task whose events are not those that its row promises.
  func contradictions() async throws -> [String] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT request_id FROM tasks
        LEFT JOIN (
          SELECT task_id, count(*) AS events, min(sequence) AS lowest, max(sequence) AS highest,
            sum(is_ending) AS endings
          FROM task_events GROUP BY task_id
        ) AS kept ON kept.task_id = tasks.id
        WHERE is_trimmed = 0 AND (
          coalesce(highest, 0) <> last_sequence OR coalesce(events, 0) <> last_sequence - coalesce(lowest, 1) + 1
          OR coalesce(endings, 0) <> CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END)
        ORDER BY id LIMIT \(Self.reported)
        """)
      return try rows.map { "task \(try $0.text("request_id")): its events are not those that it counts" }
    }
  }
}
