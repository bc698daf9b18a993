import Foundation
import Skills

/// Tickets: each gives, once, a token that connects one agent and does nothing else.
extension Agents {
  package static let ticketLifetime: TimeInterval = 900
  /// Tickets for one agent that are in use.
  package static let maximumTickets = 10

  /// - Throws: `AgentRefusal.unknownAgent` for one that is not of the holder or of an organisation that it owns;
  ///   `AccountRefusal.excessiveScope` when the holder's token may not connect that agent itself; `QuotaRefusal`;
  ///   `TokenRefusal`.
  package func createTicket(
    for id: AgentID, by holder: some Principal, at time: Date
  ) async throws -> IssuedTicket {
    try await database.write { connection in
      try holder.demandGood(at: time, on: connection)
      let agent = try Self.demandOwned(id, by: holder, on: connection)
      guard try holder.scope.includes(Self.scope(connecting: agent)) else { throw AccountRefusal.excessiveScope }
      let inUse = try connection.row(
        """
        SELECT count(*) AS number FROM agent_tickets
        WHERE agent_id = \(agent.number) AND used_at IS NULL AND expires_at > \(time)
        """)
      guard try inUse?.integer("number") ?? 0 < Self.maximumTickets else { throw QuotaRefusal.tickets }
      let issued = IssuedTicket(
        ticket: ConnectTicket(), expiresAt: time.addingTimeInterval(Self.ticketLifetime).asStored)
      try connection.execute(
        """
        INSERT INTO agent_tickets (agent_id, hash, author_id, account_id, token_expires_at, expires_at)
        VALUES (\(agent.number), \(issued.ticket.hash), \(holder.authorID), \(holder.accountID),
          \(holder.tokenExpiresAt), \(issued.expiresAt))
        """)
      return issued
    }
  }

  /// Spends a ticket; of many who do so at once, one gets the token.
  ///
  /// The token is bound to the agent by number, so that it stays right whatever the agent and its author are called, and
  /// ends with the agent. It lasts 90 days, and no longer than the token that made the ticket.
  ///
  /// - Returns: The agent without its skills, and the token; nil when the ticket is unknown, used or expired, or whoever made it no longer owns the agent.
  /// - Throws: `QuotaRefusal` when its owner has too many tokens; the ticket is then not spent.
  package func redeem(_ ticket: ConnectTicket, at time: Date) async throws -> (AgentRecord, AccessToken)? {
    try await database.write { connection in
      let row = try connection.row(
        """
        UPDATE agent_tickets SET used_at = \(time)
        WHERE hash = \(ticket.hash) AND used_at IS NULL AND expires_at > \(time)
        RETURNING agent_id, author_id, account_id, token_expires_at
        """)
      guard let row, let agent = try Self.agent(ofTicket: row, on: connection) else { return nil }
      let author = try row.integer("author_id")
      try Accounts.demandRoom(forTokenOf: author, at: time, on: connection)
      let end = time.addingTimeInterval(Accounts.tokenLifetime)
      let latest = try row.optional("token_expires_at", row.date) ?? end
      let token = StoredToken(
        authorID: author, account: try row.optional("account_id", row.accountID),
        name: try DisplayName(parsing: agent.name), scope: try Self.scope(connecting: agent),
        expiresAt: min(end, latest), agent: agent.number)
      return (agent, try token.insert(at: time, on: connection))
    }
  }

  /// The agent, as long as it belongs to whoever made the ticket.
  private static func agent(ofTicket ticket: SQLRow, on connection: any SQLConnection) throws -> AgentRecord? {
    let (number, author) = (try ticket.integer("agent_id"), try ticket.integer("author_id"))
    let account = try ticket.optional("account_id", ticket.accountID)
    let row = try connection.row(
      """
      SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables)
      WHERE agents.id = \(number) AND agents.deleted_at IS NULL
        AND (agents.author_id = \(author) OR agents.author_id IN (
          SELECT members.author_id FROM members WHERE members.account_id = \(account) AND role = 'owner'))
      """)
    return try row.flatMap { try withCapabilities([AgentRecord($0)], on: connection).first }
  }

  private static func scope(connecting agent: AgentRecord) throws -> TokenScope {
    let pattern = try ResourcePattern(parsing: "\(agent.author)/\(agent.slug)")
    return TokenScope(rights: [.connectAgent], skills: [], agents: [pattern])
  }
}
