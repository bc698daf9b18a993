import Foundation
import Skills

/// What callers think of agents.
extension Agents {
  private static let maximumCallLength = 128

  /// Rates one call; a second rating of it by the same account replaces the first.
  ///
  /// Whether the call was that account's is for the caller to decide.
  ///
  /// - Parameter rating: 1 to 5.
  /// - Throws: `validationError`; `AgentRefusal.unknownAgent`; `AccountRefusal.accountEnded`.
  package func rate(
    _ id: AgentID, call: String, by account: AccountID, rating: Int, at time: Date
  ) async throws {
    guard 1...5 ~= rating else {
      throw MeshError(.validationError, "a rating of \(rating) is out of range", hint: "Give a number from 1 to 5.")
    }
    guard 1...Self.maximumCallLength ~= call.utf8.count else {
      throw MeshError(.validationError, "'\(call, limit: 80)' is not the id of a call")
    }
    try await database.write { connection in
      _ = try Accounts.demandAccount(account, on: connection)
      // Has ratings of one agent come one after the other.
      let agent = try connection.row(
        "UPDATE agents SET rating_count = rating_count WHERE uid = \(id) AND deleted_at IS NULL RETURNING id")
      guard let number = try agent?.integer("id") else { throw AgentRefusal.unknownAgent(id) }
      let before = try connection.row(
        """
        SELECT rating FROM agent_ratings
        WHERE agent_id = \(number) AND call_id = \(call) AND account_id = \(account)
        """)
      let old = try before?.integer("rating")
      let (difference, isFirst) = (Int64(rating) - (old ?? 0), old == nil)
      try connection.execute(
        """
        INSERT INTO agent_ratings (agent_id, call_id, account_id, rating, rated_at)
        VALUES (\(number), \(call), \(account), \(rating), \(time))
        ON CONFLICT (agent_id, call_id, account_id) DO UPDATE
        SET rating = excluded.rating, rated_at = excluded.rated_at
        """)
      try connection.execute(
        """
        UPDATE agents SET rating_sum = rating_sum + \(difference),
          rating_count = rating_count + \(isFirst)
        WHERE id = \(number)
        """)
    }
  }
}
