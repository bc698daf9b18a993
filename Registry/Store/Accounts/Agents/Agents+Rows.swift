import Foundation
import Skills

/// How agents stand in the database.
extension Agents {
  static func insert(
    _ new: NewAgent, _ slug: String, of author: Int64, at time: Date, on connection: any SQLConnection
  ) throws -> Int64 {
    let row = try connection.row(
      """
      INSERT INTO agents (uid, author_id, slug, name, description, agent_type, is_private, is_published,
        max_calls_per_hour, max_calls_per_user_per_day, allow_a2a, created_at)
      VALUES (\(AgentID()), \(author), \(slug), \(new.name), \(new.description), \(new.agentType),
        \(new.visibility == .private), \(false), \(new.limits.maxCallsPerHour), \(new.limits.maxCallsPerUserPerDay),
        \(new.limits.allowA2A), \(time))
      RETURNING id
      """)
    guard let row else { throw StoreFailure.corrupt("an agent that was just written cannot be read") }
    return try row.integer("id")
  }

  /// Writes what an `AgentUpdate` can change, but for capabilities.
  static func store(_ agent: AgentRecord, on connection: any SQLConnection) throws {
    try connection.execute(
      """
      UPDATE agents SET name = \(agent.name), description = \(agent.description), agent_type = \(agent.agentType),
        is_private = \(agent.visibility == .private), is_published = \(agent.isPublished),
        max_calls_per_hour = \(agent.limits.maxCallsPerHour),
        max_calls_per_user_per_day = \(agent.limits.maxCallsPerUserPerDay), allow_a2a = \(agent.limits.allowA2A)
      WHERE id = \(agent.number)
      """)
  }

  static func setCapabilities(
    _ capabilities: [String], of agent: Int64, on connection: any SQLConnection
  ) throws {
    try connection.execute("DELETE FROM agent_capabilities WHERE agent_id = \(agent)")
    for (ordinal, capability) in capabilities.enumerated() {
      try connection.execute(
        """
        INSERT INTO agent_capabilities (agent_id, capability, ordinal)
        VALUES (\(agent), \(capability), \(ordinal))
        """)
    }
  }

  /// One that has to be there, in the transaction that has seen it.
  static func demandAgent(
    _ number: Int64, for reader: Reader, on connection: any SQLConnection
  ) throws -> AgentRecord {
    let row = try connection.row(
      """
      SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables)
      WHERE agents.id = \(number) AND agents.deleted_at IS NULL
      """)
    guard let row, let agent = try complete([AgentRecord(row)], for: reader, on: connection).first else {
      throw StoreFailure.corrupt("an agent that is there cannot be read")
    }
    return agent
  }

  /// One of the holder or of an organisation that it owns at this moment, without its capabilities and skills.
  static func owned(
    _ id: AgentID, by holder: some Principal, on connection: any SQLConnection
  ) throws -> AgentRecord? {
    let row = try connection.row(
      """
      SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables)
      WHERE uid = \(id) AND agents.deleted_at IS NULL AND (agents.author_id = \(holder.authorID)
        OR agents.author_id IN (
          SELECT members.author_id FROM members WHERE members.account_id = \(holder.accountID) AND role = 'owner'))
      """)
    return try row.map(AgentRecord.init)
  }

  /// The same with their capabilities, and with the skills that the reader may know of.
  static func complete(
    _ agents: [AgentRecord], for reader: Reader, on connection: any SQLConnection
  ) throws -> [AgentRecord] {
    if agents.isEmpty { return [] }
    let skills = try Self.skills(of: agents.map(\.number), visibleTo: reader, on: connection)
    return try withCapabilities(agents, on: connection).map { agent in
      var agent = agent
      agent.skills = skills[agent.number] ?? []
      return agent
    }
  }

  static func withCapabilities(
    _ agents: [AgentRecord], on connection: any SQLConnection
  ) throws -> [AgentRecord] {
    let numbers = agents.map(\.number)
    let rows = try connection.rows(
      """
      SELECT agent_id, capability FROM agent_capabilities WHERE agent_id IN (\(list: numbers))
      ORDER BY agent_id, ordinal
      """)
    let capabilities = try Dictionary(grouping: rows) { try $0.integer("agent_id") }
    return try agents.map { agent in
      var agent = agent
      agent.capabilities = try capabilities[agent.number, default: []].map { try $0.text("capability") }
      return agent
    }
  }
}
