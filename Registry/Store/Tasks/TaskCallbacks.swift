import Foundation

/// Tasks whose callers have named an address that is to hear of the end.
extension TaskLog {
  /// The request ids of those that have ended and whose callback has not been entered elsewhere, the first one first.
  ///
  /// No more of them is read, so that one that is damaged keeps back none of the others.
  package func owedCallbacks(limit: Int) async throws -> [String] {
    try await database.read { connection in
      try connection.rows(
        """
        SELECT request_id FROM tasks
        WHERE callback_url IS NOT NULL AND ended_at IS NOT NULL ORDER BY ended_at LIMIT \(limit)
        """
      ).map { try $0.text("request_id") }
    }
  }

  /// Reports that the callbacks of these tasks are kept elsewhere; nothing is known of their addresses here any more.
  package func settleCallbacks(of requestIDs: [String]) async throws {
    try await database.write { connection in
      for id in requestIDs {
        try connection.execute(
          "UPDATE tasks SET callback_url = NULL WHERE request_id = \(id) AND ended_at IS NOT NULL")
      }
    }
  }
}
