import Foundation
import Skills

/// To whom agents are shared.
///
/// Each throws `AgentRefusal.unknownAgent` for one that is not of the holder or of an organisation that it owns.
extension Agents {
  /// Accounts and organisations to whom one agent can be shared.
  package static let maximumGrants = 1_000

  /// By name.
  package func grants(of id: AgentID, by holder: some Principal) async throws -> [AgentGrant] {
    try await database.read { connection in
      let agent = try Self.demandOwned(id, by: holder, on: connection)
      let rows = try connection.rows(
        """
        SELECT authors.name, granted_at FROM agent_grants JOIN authors ON authors.id = agent_grants.author_id
        WHERE agent_id = \(agent.number) ORDER BY authors.name
        """)
      return try rows.map(AgentGrant.init)
    }
  }

  /// Has an account, or the members of an organisation, see and call a private agent.
  ///
  /// - Throws: `AccountRefusal.unknownRecipient`; `QuotaRefusal`; `TokenRefusal`.
  package func grant(
    _ author: AuthorName, on id: AgentID, by holder: some Principal, at time: Date
  ) async throws {
    try await database.write { connection in
      try holder.demandGood(at: time, on: connection)
      let agent = try Self.demandOwned(id, by: holder, on: connection)
      guard let grantee = try Accounts.livingAuthor(author, on: connection) else {
        throw AccountRefusal.unknownRecipient(author)
      }
      try connection.execute(
        """
        INSERT INTO agent_grants (agent_id, author_id, granted_at) VALUES (\(agent.number), \(grantee), \(time))
        ON CONFLICT DO NOTHING
        """)
      let all = try connection.row("SELECT count(*) AS number FROM agent_grants WHERE agent_id = \(agent.number)")
      guard try all?.integer("number") ?? 0 <= Self.maximumGrants else { throw QuotaRefusal.grants }
    }
  }

  /// - Parameter author: Its name, or one that it had.
  /// - Returns: False when the agent was not shared with that one.
  /// - Throws: `TokenRefusal`.
  @discardableResult
  package func revoke(
    _ author: AuthorName, on id: AgentID, by holder: some Principal, at time: Date
  ) async throws -> Bool {
    try await database.write { connection in
      try holder.demandGood(at: time, on: connection)
      let agent = try Self.demandOwned(id, by: holder, on: connection)
      return try connection.execute(
        """
        DELETE FROM agent_grants WHERE agent_id = \(agent.number)
          AND author_id IN (SELECT author_id FROM names WHERE name = \(author.rawValue))
        """) == 1
    }
  }

  /// - Throws: `AgentRefusal.unknownAgent`.
  static func demandOwned(
    _ id: AgentID, by holder: some Principal, on connection: any SQLConnection
  ) throws -> AgentRecord {
    guard let agent = try owned(id, by: holder, on: connection) else { throw AgentRefusal.unknownAgent(id) }
    return agent
  }
}
