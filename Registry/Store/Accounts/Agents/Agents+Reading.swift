import Skills

/// Agents as others may see them: those that are published and public, one's own, and those that are shared with one.
extension Agents {
  /// Nil when there is none of that id that the reader may see.
  package func agent(_ id: AgentID, visibleTo reader: Reader) async throws -> AgentRecord? {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables)
        WHERE uid = \(id) AND agents.deleted_at IS NULL
          AND ((is_published = 1 AND is_private = 0) OR agents.author_id IN (\(list: reader.agentAuthors))
            OR agents.id IN (
              SELECT agent_id FROM agent_grants WHERE agent_grants.author_id IN (\(list: reader.agentAuthors))))
        """)
      return try Self.visible(row, to: reader, on: connection)
    }
  }

  /// - Parameters:
  ///   - author: Its name, or one that it had.
  ///   - slug: As a client wrote it.
  /// - Returns: Nil when there is none of that name that the reader may see.
  package func agent(
    _ author: AuthorName, _ slug: String, visibleTo reader: Reader
  ) async throws -> AgentRecord? {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables)
        JOIN names ON names.author_id = agents.author_id
        WHERE names.name = \(author.rawValue) AND agents.slug = \(slug) AND agents.deleted_at IS NULL
          AND ((is_published = 1 AND is_private = 0) OR agents.author_id IN (\(list: reader.agentAuthors))
            OR agents.id IN (
              SELECT agent_id FROM agent_grants WHERE agent_grants.author_id IN (\(list: reader.agentAuthors))))
        """)
      return try Self.visible(row, to: reader, on: connection)
    }
  }

  /// The account that owns an agent; nil for one of an organisation, and where there is no such agent.
  package func ownerAccount(of id: AgentID) async throws -> AccountID? {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT accounts.id FROM agents JOIN accounts ON accounts.author_id = agents.author_id
        WHERE uid = \(id) AND agents.deleted_at IS NULL
        """)
      return try row.map { try $0.accountID("id") }
    }
  }

  private static func visible(
    _ row: SQLRow?, to reader: Reader, on connection: any SQLConnection
  ) throws -> AgentRecord? {
    guard let agent = try row.map(AgentRecord.init),
      agent.isPublic || reader.seesAgents(named: agent.slug, of: agent.author)
    else { return nil }
    return try complete([agent], for: reader, on: connection).first
  }
}
