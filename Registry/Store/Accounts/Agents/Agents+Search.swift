import Skills

/// Finding agents by words, and those of one author.
extension Agents {
  /// Words that one question has.
  package static let maximumWords = 4
  /// Agents of which one word knows.
  private static let matchingAgents = 20_000

  /// Which agents have a word in their names, their descriptions or their capabilities; capitals beyond ASCII count.
  static func matching(_ word: String, on connection: any SQLConnection) throws -> Set<Int64> {
    let pattern = pattern(containing: word)
    let rows = try connection.rows(
      """
      SELECT agents.id FROM agents JOIN authors ON authors.id = agents.author_id
      WHERE agents.deleted_at IS NULL AND (
        lower(agents.name) LIKE \(pattern) ESCAPE '!' OR agents.slug LIKE \(pattern) ESCAPE '!'
        OR authors.name LIKE \(pattern) ESCAPE '!'
        OR lower(coalesce(agents.description, '')) LIKE \(pattern) ESCAPE '!'
        OR agents.id IN (
          SELECT agent_id FROM agent_capabilities WHERE lower(capability) LIKE \(pattern) ESCAPE '!'))
      ORDER BY agents.id DESC LIMIT \(matchingAgents)
      """)
    return Set(try rows.map { try $0.integer("id") })
  }

  private static func pattern(containing word: String) -> String {
    let escaped = word.lowercased().map { "!%_".contains($0) ? "!\($0)" : String($0) }
    return "%" + escaped.joined() + "%"
  }

  /// The agents of an author that are everybody's to see, by name.
  package func published(by author: Int64, limit: Int) async throws -> [AgentRecord] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT \(raw: AgentRecord.columns) FROM \(raw: AgentRecord.tables)
        WHERE agents.author_id = \(author) AND is_published = 1 AND is_private = 0 AND agents.deleted_at IS NULL
        ORDER BY agents.name, agents.id LIMIT \(limit)
        """)
      return try Self.complete(rows.map(AgentRecord.init), for: .stranger, on: connection)
    }
  }
}
