import Foundation
import Skills

/// What the bridge asks when agents connect, and keeps of those that are.
extension Agents {
  /// Agents of one transaction.
  private static let batch = 500

  /// The agent that somebody connects with a token.
  ///
  /// It is one of the token's author, or of an organisation that its account owns, to which its right and its patterns
  /// reach. A token of a ticket is for its own agent alone.
  ///
  /// - Returns: Nil when the token does not count, or not for that agent.
  package func connecting(_ id: AgentID, token: AccessToken, at time: Date) async throws -> ConnectingAgent? {
    let row = try await database.read { connection in
      try connection.row(
        """
        SELECT \(raw: AgentRecord.columns), tokens.id AS token_id, tokens.account_id AS token_account,
          tokens.agent_id AS token_agent, expires_at, last_used_at, rights, skill_patterns, agent_patterns
        FROM \(raw: AgentRecord.tables) JOIN tokens ON tokens.hash = \(token.hash)
        WHERE uid = \(id) AND agents.deleted_at IS NULL
          AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
          AND (tokens.agent_id IS NULL OR tokens.agent_id = agents.id)
          AND (agents.author_id = tokens.author_id OR EXISTS (
            SELECT role FROM members WHERE members.author_id = agents.author_id
              AND members.account_id = tokens.account_id AND role = 'owner'))
        """)
    }
    guard let row else { return nil }
    let (agent, scope) = (try AgentRecord(row), try TokenScope(row))
    let isBound = try row.optional("token_agent", row.integer) != nil
    guard isBound ? scope.allows(.connectAgent) : scope.allows(.connectAgent, onAgent: agent.slug, of: agent.author)
    else { return nil }
    let tokenID = try row.integer("token_id")
    await accounts.noteUse(ofToken: tokenID, last: try row.optional("last_used_at", row.date), at: time)
    let complete = try await database.read { try Self.withCapabilities([agent], on: $0).first }
    return ConnectingAgent(
      agent: complete ?? agent, account: try row.optional("token_account", row.accountID), tokenID: tokenID,
      expiresAt: try row.optional("expires_at", row.date))
  }

  /// Whether an agent may stay connected by a token that was good for it: what others may have changed meanwhile.
  package func mayStayConnected(_ id: AgentID, tokenID: Int64, at time: Date) async throws -> Bool {
    try await database.read { try Self.mayStay(id, tokenID: tokenID, at: time, on: $0) }
  }

  private static func mayStay(
    _ id: AgentID, tokenID: Int64, at time: Date, on connection: any SQLConnection
  ) throws -> Bool {
    let row = try connection.row(
      """
      SELECT agents.id FROM agents JOIN tokens ON tokens.id = \(tokenID)
      WHERE uid = \(id) AND agents.deleted_at IS NULL
        AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
        AND (agents.author_id = tokens.author_id OR EXISTS (
          SELECT role FROM members WHERE members.author_id = agents.author_id
            AND members.account_id = tokens.account_id AND role = 'owner'))
      """)
    return row != nil
  }

  /// Of connections, those whose token, agent or right has ended (`mayStayConnected`), in one read for some hundred.
  ///
  /// - Parameter connections: The tokens by which agents are connected.
  package func mayNotStay(_ connections: [AgentID: Int64], at time: Date) async throws -> Set<AgentID> {
    var ended: Set<AgentID> = []
    var rest = Array(connections)[...]
    while !rest.isEmpty {
      let batch = rest.prefix(Self.batch)
      rest = rest.dropFirst(Self.batch)
      let surplus = try await database.read { connection in
        try batch.filter { try !Self.mayStay($0.key, tokenID: $0.value, at: time, on: connection) }.map { $0.key }
      }
      ended.formUnion(surplus)
    }
    return ended
  }

  /// Tokens that were revoked and agents that were deleted at that time or later, for whoever has connections open.
  package func ended(since time: Date) async throws -> EndedConnections {
    try await database.read { connection in
      let tokens = try connection.rows("SELECT id FROM tokens WHERE revoked_at >= \(time)")
      let agents = try connection.rows("SELECT uid FROM agents WHERE deleted_at >= \(time)")
      return EndedConnections(
        tokens: Set(try tokens.map { try $0.integer("id") }), agents: Set(try agents.map { try $0.agentID("uid") }))
    }
  }

  /// The number of a new connection, higher than that of every earlier one.
  ///
  /// - Throws: `AgentRefusal.unknownAgent`.
  package func nextGeneration(of id: AgentID) async throws -> Int {
    try await database.write { connection in
      let row = try connection.row(
        """
        UPDATE agents SET generation = generation + 1 WHERE uid = \(id) AND deleted_at IS NULL RETURNING generation
        """)
      guard let row else { throw AgentRefusal.unknownAgent(id) }
      return Int(try row.integer("generation"))
    }
  }

  /// Notes that agents are online.
  package func touch(online ids: Set<AgentID>, at time: Date) async throws {
    var rest = Array(ids)[...]
    while !rest.isEmpty {
      let batch = rest.prefix(Self.batch)
      rest = rest.dropFirst(Self.batch)
      try await database.write { connection in
        for id in batch {
          try connection.execute("UPDATE agents SET last_online_at = \(time) WHERE uid = \(id) AND deleted_at IS NULL")
        }
      }
    }
  }
}
