import Skills

/// Finding agents.
extension Agents {
  /// Agents that one answer lists.
  package static let maximumFound = 100
  /// Agents that one question looks at, those online last first.
  private static let examinedAgents = 20_000

  /// Agents that the reader may see, those online last first.
  ///
  /// - Parameters:
  ///   - words: All of which they have in their names, descriptions or capabilities; of more than 4, the first 4.
  ///   - capability: Exactly as the agents have it; nil for any.
  ///   - skill: One that they carry and of which the reader may know, in a version of the range; nil for any.
  ///   - online: Those that count; nil for all.
  ///   - limit: At most 100.
  /// - Returns: The part that was asked for, and how many there are in all.
  package func discover(
    words: [String] = [], capability: String?, skill: (SkillName, VersionRange?)?, ids online: Set<AgentID>?,
    limit: Int, offset: Int, visibleTo reader: Reader
  ) async throws -> (agents: [AgentRecord], total: Int) {
    try await database.read { connection in
      let carriers = try skill.map { skill in
        try Self.carriers(of: skill.0, in: skill.1, visibleTo: reader, on: connection)
      }
      let matches = try words.prefix(Self.maximumWords).map { try Self.matching($0, on: connection) }
      let found = try Self.candidates(capability: capability, visibleTo: reader, on: connection).filter { candidate in
        online?.contains(candidate.id) ?? true && carriers?.contains(candidate.number) ?? true
          && matches.allSatisfy { $0.contains(candidate.number) }
      }
      let page = found.dropFirst(max(0, offset)).prefix(max(0, min(limit, Self.maximumFound)))
      return (agents: try Self.agents(page.map(\.number), for: reader, on: connection), total: found.count)
    }
  }

  private struct Candidate {
    var number: Int64
    var id: AgentID
  }

  private static func candidates(
    capability: String?, visibleTo reader: Reader, on connection: any SQLConnection
  ) throws -> [Candidate] {
    let rows = try connection.rows(
      """
      SELECT agents.id, uid, agents.slug, authors.name AS author, is_published, is_private
      FROM agents JOIN authors ON authors.id = agents.author_id
      WHERE agents.deleted_at IS NULL
        AND ((is_published = 1 AND is_private = 0) OR agents.author_id IN (\(list: reader.agentAuthors))
          OR agents.id IN (
            SELECT agent_id FROM agent_grants WHERE agent_grants.author_id IN (\(list: reader.agentAuthors))))
        AND (CAST(\(capability) AS TEXT) IS NULL OR agents.id IN (
          SELECT agent_id FROM agent_capabilities WHERE capability = \(capability)))
      ORDER BY coalesce(last_online_at, 0) DESC, agents.id DESC LIMIT \(examinedAgents)
      """)
    return try rows.compactMap { row in
      let isPublic = try row.bool("is_published") && !row.bool("is_private")
      let author = try AuthorName(parsing: row.text("author"))
      guard try isPublic || reader.seesAgents(named: row.text("slug"), of: author) else { return nil }
      return Candidate(number: try row.integer("id"), id: try row.agentID("uid"))
    }
  }

  /// Which agents carry a skill of which the reader may know.
  private static func carriers(
    of skill: SkillName, in range: VersionRange?, visibleTo reader: Reader, on connection: any SQLConnection
  ) throws -> Set<Int64> {
    let rows = try connection.rows(
      """
      SELECT agent_skills.agent_id, agent_skills.author, agent_skills.slug, agent_skills.version,
        agents.author_id AS owner_id, skills.is_private, skills.author_id AS skill_author_id
      FROM agent_skills JOIN agents ON agents.id = agent_skills.agent_id
      LEFT JOIN names ON names.name = agent_skills.author
      LEFT JOIN skills ON skills.author_id = names.author_id AND skills.slug = agent_skills.slug
      WHERE agent_skills.author = \(skill.author.rawValue) AND agent_skills.slug = \(skill.slug.rawValue)
        AND (skills.is_private = 0 OR skills.author_id IN (\(list: reader.authors))
          OR agents.author_id IN (\(list: reader.authors)))
      ORDER BY agent_skills.agent_id DESC LIMIT \(examinedAgents)
      """)
    let carrying = try rows.filter { row in
      guard try isVisibleSkill(row, to: reader) else { return false }
      guard let range else { return true }
      return try range.contains(SemanticVersion(parsing: row.text("version")))
    }
    return Set(try carrying.map { try $0.integer("agent_id") })
  }

  /// In the order of their numbers there.
  private static func agents(
    _ numbers: [Int64], for reader: Reader, on connection: any SQLConnection
  ) throws -> [AgentRecord] {
    if numbers.isEmpty { return [] }
    let rows = try connection.rows(
      """
      SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables) WHERE agents.id IN (\(list: numbers))
      """)
    let agents = try complete(rows.map(AgentRecord.init), for: reader, on: connection)
    let byNumber = Dictionary(uniqueKeysWithValues: agents.map { ($0.number, $0) })
    return numbers.compactMap { byNumber[$0] }
  }
}
