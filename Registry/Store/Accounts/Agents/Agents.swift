import Foundation
import Skills

/// Agents, and who may see, change and connect them.
package struct Agents: Sendable {
  /// Agents of one author.
  package static let maximumAgents = 100
  /// Agents that an author makes at once, and how long it waits for each one after that.
  package static let creationLimit = RateLimit(burst: 200, interval: 300)
  /// Agents that one list of own ones has.
  private static let listedAgents = 1_000

  let accounts: Accounts

  var database: any SQLDatabase { accounts.database }

  /// The slug follows from the name, unique among the agents of the author.
  ///
  /// - Throws: `RightRefusal.role` for another author than one's own or that of an organisation which the holder owns,
  ///   `RightRefusal.right` where the token is not for its agents; `QuotaRefusal`; `RateRefusal`; `TokenRefusal`.
  package func create(
    _ new: NewAgent, by holder: some Principal, at time: Date
  ) async throws -> AgentRecord {
    try await database.write { connection in
      let author = new.author ?? holder.author
      let authorID = try holder.demand(.owner, in: author, at: time, on: connection)
      _ = try Accounts.lock(author, on: connection)
      let rows = try connection.rows("SELECT slug FROM agents WHERE author_id = \(authorID) AND deleted_at IS NULL")
      guard rows.count < Self.maximumAgents else { throw QuotaRefusal.agents }
      let key = RateBucket.Key("agents", of: "\(authorID)")
      try Accounts.take(key, of: Self.creationLimit, at: time, on: connection)
      let slug = AgentSlug.derive(from: new.name, notIn: Set(try rows.map { try $0.text("slug") }))
      // A token for agents of one author makes none of another.
      guard authorID == holder.authorID || holder.scope.allows(.manage, onAgent: slug, of: author) else {
        throw RightRefusal.right([.manage], on: nil)
      }
      let number = try Self.insert(new, slug, of: authorID, at: time, on: connection)
      try Self.setCapabilities(new.capabilities, of: number, on: connection)
      return try Self.demandAgent(number, for: holder.reader, on: connection)
    }
  }

  /// Those of the holder and of the organisations that it owns, in the order in which they were made.
  package func own(by holder: some Principal) async throws -> [AgentRecord] {
    let reader = holder.reader
    return try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables)
        WHERE agents.deleted_at IS NULL AND (agents.author_id = \(holder.authorID) OR agents.author_id IN (
          SELECT members.author_id FROM members WHERE members.account_id = \(holder.accountID) AND role = 'owner'))
        ORDER BY agents.id LIMIT \(Self.listedAgents)
        """)
      let own = try rows.map(AgentRecord.init).filter {
        reader.agentAuthors.contains($0.authorID) && reader.seesAgents(named: $0.slug, of: $0.author)
      }
      return try Self.complete(own, for: reader, on: connection)
    }
  }

  /// Nil when there is none of that id, or it is not one of the holder or of an organisation that it owns.
  package func owned(_ id: AgentID, by holder: some Principal) async throws -> AgentRecord? {
    let reader = holder.reader
    return try await database.read { connection in
      guard let agent = try Self.owned(id, by: holder, on: connection),
        reader.seesAgents(named: agent.slug, of: agent.author)
      else { return nil }
      return try Self.complete([agent], for: reader, on: connection).first
    }
  }

  /// - Returns: The agent as it is now; nil when there is none of that id, or it is somebody else's.
  /// - Throws: `TokenRefusal`.
  package func update(
    _ id: AgentID, _ change: AgentUpdate, by holder: some Principal, at time: Date
  ) async throws -> AgentRecord? {
    try await database.write { connection in
      try holder.demandGood(at: time, on: connection)
      guard let number = try Self.owned(id, by: holder, on: connection)?.number else { return nil }
      // Has changes of one agent come one after the other.
      try connection.execute("UPDATE agents SET updated_at = \(time) WHERE id = \(number)")
      var agent = try Self.demandAgent(number, for: holder.reader, on: connection)
      change.apply(to: &agent)
      try Self.store(agent, on: connection)
      if let capabilities = change.capabilities {
        try Self.setCapabilities(capabilities, of: number, on: connection)
      }
      return agent
    }
  }

  /// Ends an agent with its tickets, its tokens and everybody's access to it; its id stays taken.
  ///
  /// - Returns: False when there is none of that id, or it is somebody else's.
  /// - Throws: `TokenRefusal`.
  package func delete(_ id: AgentID, by holder: some Principal, at time: Date) async throws -> Bool {
    try await database.write { connection in
      try holder.demandGood(at: time, on: connection)
      guard let number = try Self.owned(id, by: holder, on: connection)?.number else { return false }
      try Self.end(agents: [number], at: time, on: connection)
      return true
    }
  }
}
