import Skills

/// A skill that was found, with what its newest version says.
package struct FoundSkill: Sendable {
  package var skill: SkillRecord
  package var version: String
  package var description: String
  /// Of all versions.
  package var downloadCount: Int
}

/// Who asks, and for how much of whose skills.
package struct SearchScope: Sendable {
  /// Whose private skills are found, too.
  package var reader: Reader
  /// Only skills of this author; nil for everybody's.
  package var owner: AuthorName?
  package var limit: Int

  package init(reader: Reader, owner: AuthorName?, limit: Int) {
    self.reader = reader
    self.owner = owner
    self.limit = limit
  }
}

/// Full-text search: the one place that knows how SQLite does it (FTS5; documentation, `fts5.html`).
extension Catalog {
  /// Skills with a version to be had, the best match first; the most recently updated ones for an empty query.
  package func search(_ query: SearchQuery, in scope: SearchScope) async throws -> [FoundSkill] {
    if query.words.isEmpty, !query.isEmpty { return [] }
    return try await database.read { connection in
      var asked = scope
      while true {
        let rows = try connection.rows(query.isEmpty ? Self.recent(asked) : Self.matching(query, asked))
        // A token may be for some of the private skills alone; then the first rows may not be enough.
        let found = try rows.map(FoundSkill.init).filter { hit in
          SkillVisibility(hit.skill).includes(scope.reader, for: hit.skill.name)
        }
        if found.count >= scope.limit || rows.count < asked.limit { return Array(found.prefix(scope.limit)) }
        asked.limit *= 4
      }
    }
  }

  /// Enters what the newest version of a skill says, or removes the skill when it has none.
  ///
  /// To be called in the transaction that changes which version that is, or who may see it. A private skill has its row
  /// in a table of its own: a word's weight depends on how often it occurs in a table, and what others keep private
  /// must not show in the order of what everybody finds.
  static func refreshSearch(_ history: SkillHistory, on connection: any SQLConnection) throws {
    let skill = history.skill
    for table: StaticString in ["search", "private_search"] {
      try connection.execute("DELETE FROM \(raw: table) WHERE rowid = \(skill.id)")
    }
    guard let newest = history.newest else { return }
    let table: StaticString = skill.isPrivate ? "private_search" : "search"
    try connection.execute(
      """
      INSERT INTO \(raw: table) (rowid, slug, author, description)
      VALUES (\(skill.id), \(skill.name.slug.rawValue), \(skill.name.author.rawValue), \(newest.description))
      """)
  }

  /// To be called in the transaction that gives an author another name.
  static func renameInSearch(author: Int64, to name: AuthorName, on connection: any SQLConnection) throws {
    for table: StaticString in ["search", "private_search"] {
      try connection.execute(
        """
        UPDATE \(raw: table) SET author = \(name.rawValue)
        WHERE rowid IN (SELECT id FROM skills WHERE author_id = \(author))
        """)
    }
  }

  /// What is entered of a skill: `slug`, `author` and `description`; nil when nothing is.
  static func rowOfSearch(_ skill: SkillRecord, on connection: any SQLConnection) throws -> SQLRow? {
    let table: StaticString = skill.isPrivate ? "private_search" : "search"
    return try connection.row("SELECT slug, author, description FROM \(raw: table) WHERE rowid = \(skill.id)")
  }

  /// How many rows belong to no skill of their kind.
  static func strayRowsOfSearch(on connection: any SQLConnection) throws -> Int64 {
    try connection.row(
      """
      SELECT (SELECT count(*) FROM search WHERE rowid NOT IN (SELECT id FROM skills WHERE NOT is_private))
        + (SELECT count(*) FROM private_search WHERE rowid NOT IN (SELECT id FROM skills WHERE is_private)) AS n
      """)?.integer("n") ?? 0
  }

  /// The cross joins keep the skills in the outer loop, where an index has them in this order.
  private static func recent(_ scope: SearchScope) -> SQL {
    """
    SELECT \(raw: SkillRecord.columns), versions.version, versions.description, skills.download_count
    FROM skills
    CROSS JOIN authors ON authors.id = skills.author_id
    CROSS JOIN versions ON versions.id = skills.newest_version_id
    WHERE (is_private = 0 OR author_id IN (\(list: scope.reader.authors)))
      AND authors.name = coalesce(\(scope.owner?.rawValue), authors.name)
    ORDER BY updated_at DESC, skills.id DESC
    LIMIT \(scope.limit)
    """
  }

  /// The skill of exactly that name first, then those whose names begin so, then by weight: name, author, description.
  ///
  /// The private skills that are the reader's to see stand before others of their group, without a weight: any weight
  /// would come from the private skills of everybody. What others keep private is not even matched, or the time would
  /// tell their words.
  private static func matching(_ query: SearchQuery, _ scope: SearchScope) -> SQL {
    let slug = query.words.joined(separator: "-")
    return """
      WITH found (id, weight) AS MATERIALIZED (
        SELECT rowid, bm25(search, 8.0, 4.0, 1.0) FROM search WHERE search MATCH \(expression(query.words))
        UNION ALL
        SELECT private_search.rowid, NULL FROM private_search JOIN skills ON skills.id = private_search.rowid
        WHERE author_id IN (\(list: scope.reader.authors)) AND private_search MATCH (
          (SELECT '(' || group_concat('author:"' || name || '"', ' OR ') || ') AND ' FROM authors
            WHERE id IN (\(list: scope.reader.authors)))
          || \(expression(query.words)))
      )
      SELECT \(raw: SkillRecord.columns), versions.version, versions.description, skills.download_count
      FROM found
      JOIN skills ON skills.id = found.id
      JOIN authors ON authors.id = skills.author_id
      JOIN versions ON versions.id = skills.newest_version_id
      WHERE (is_private = 0 OR author_id IN (\(list: scope.reader.authors)))
        AND (\(scope.owner?.rawValue) IS NULL OR authors.name = \(scope.owner?.rawValue))
      ORDER BY
        CASE
          WHEN skills.slug = \(slug) OR authors.name || '/' || skills.slug = \(query.text) THEN 0
          WHEN substr(skills.slug, 1, length(\(slug))) = \(slug) THEN 1
          ELSE 2
        END,
        weight, updated_at DESC, skills.id DESC
      LIMIT \(scope.limit)
      """
  }

  /// Every word, the last one as a prefix; each in quotes, which no word contains.
  private static func expression(_ words: [String]) -> String {
    words.map { "\"\($0)\"" }.joined(separator: " AND ") + "*"
  }
}

extension FoundSkill {
  init(_ row: SQLRow) throws {
    skill = try SkillRecord(row)
    version = try row.text("version")
    description = try row.text("description")
    downloadCount = Int(try row.integer("download_count"))
  }
}
