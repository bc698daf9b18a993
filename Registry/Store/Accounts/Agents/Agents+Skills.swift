import Foundation
import Skills

/// The skills that agents carry.
///
/// A public skill of this registry is shown to everybody, a private one to its readers. Whoever may read the private
/// skills of the agent's owner sees all that the agent says, the same for a private skill of somebody else as for one
/// that is not of this registry: that an agent names a skill must not tell whether there is one.
extension Agents {
  /// Replaces what an agent carries.
  ///
  /// - Throws: `validationError`; `AgentRefusal.unknownAgent`.
  package func setSkills(_ skills: [CarriedSkillRecord], of id: AgentID) async throws {
    guard skills.count <= CarriedSkillRecord.maximumCount else {
      throw MeshError(
        .validationError, "an agent carries at most \(CarriedSkillRecord.maximumCount) skills",
        hint: "Remove some from its project.")
    }
    for skill in skills { try skill.check() }
    // Agents say the same each time they connect; that costs no write.
    if try await carriedSkills(of: id) == Set(skills) { return }
    try await database.write { connection in
      let row = try connection.row("SELECT id FROM agents WHERE uid = \(id) AND deleted_at IS NULL")
      guard let number = try row?.integer("id") else { throw AgentRefusal.unknownAgent(id) }
      try connection.execute("DELETE FROM agent_skills WHERE agent_id = \(number)")
      for skill in skills {
        try connection.execute(
          """
          INSERT INTO agent_skills (agent_id, author, slug, version, tree_digest, description)
          VALUES (\(number), \(skill.skill.author.rawValue), \(skill.skill.slug.rawValue),
            \(skill.version.description), \(skill.treeDigest), \(skill.description))
          ON CONFLICT DO NOTHING
          """)
      }
    }
  }

  private func carriedSkills(of id: AgentID) async throws -> Set<CarriedSkillRecord> {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT agent_skills.author, agent_skills.slug, agent_skills.version, agent_skills.tree_digest,
          agent_skills.description
        FROM agent_skills JOIN agents ON agents.id = agent_skills.agent_id WHERE agents.uid = \(id)
        """)
      return Set(try rows.map { try CarriedSkillRecord($0) })
    }
  }

  /// By agent, and by name within one.
  static func skills(
    of agents: [Int64], visibleTo reader: Reader, on connection: any SQLConnection
  ) throws -> [Int64: [CarriedSkillRecord]] {
    let rows = try connection.rows(
      """
      SELECT agent_skills.agent_id, agent_skills.author, agent_skills.slug, agent_skills.version,
        agent_skills.tree_digest, agent_skills.description, agents.author_id AS owner_id, skills.is_private,
        skills.author_id AS skill_author_id
      FROM agent_skills JOIN agents ON agents.id = agent_skills.agent_id
      LEFT JOIN names ON names.name = agent_skills.author
      LEFT JOIN skills ON skills.author_id = names.author_id AND skills.slug = agent_skills.slug
      WHERE agent_skills.agent_id IN (\(list: agents))
        AND (skills.is_private = 0 OR skills.author_id IN (\(list: reader.authors))
          OR agents.author_id IN (\(list: reader.authors)))
      ORDER BY agent_skills.agent_id, agent_skills.author, agent_skills.slug
      """)
    let visible = try rows.filter { try isVisibleSkill($0, to: reader) }
    let byAgent = try Dictionary(grouping: visible) { try $0.integer("agent_id") }
    return try byAgent.mapValues { try $0.map { try CarriedSkillRecord($0) } }
  }

  /// Reads `author`, `slug`, `owner_id`, `is_private` and `skill_author_id`; the last two are null for a skill that is
  /// not of this registry.
  static func isVisibleSkill(_ row: SQLRow, to reader: Reader) throws -> Bool {
    if try row.optional("is_private", row.bool) == false { return true }
    let name = SkillName(
      author: try AuthorName(parsing: row.text("author")), slug: try SkillSlug(parsing: row.text("slug")))
    if let author = try row.optional("skill_author_id", row.integer), reader.seesPrivate(name, ofAuthor: author) {
      return true
    }
    return try reader.seesPrivate(name, ofAuthor: row.integer("owner_id"))
  }
}
