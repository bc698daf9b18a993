import Skills

extension Catalog {
  /// Versions that name a skill and are looked at, those published last; a skill that all others need costs no more.
  private static let examinedVersions = 2_000
  private static let examinedNames = 20

  /// Skills whose newest version needs a skill, under any name that its authors have had; the last published first.
  ///
  /// - Parameter reader: Whose private skills are among them, too.
  package func dependents(
    of skill: SkillRecord, visibleTo reader: Reader, limit: Int
  ) async throws -> [FoundSkill] {
    try await database.read { connection in
      let names = try connection.rows(
        """
        SELECT name FROM names WHERE author_id = \(skill.authorID)
          OR author_id IN (SELECT author_id FROM former_skills WHERE skill_id = \(skill.id))
        ORDER BY taken_at DESC LIMIT \(Self.examinedNames)
        """)
      // One skill may name it in two ways.
      var found: [Int64: FoundSkill] = [:]
      for name in names {
        let needed = try "\(name.text("name"))/\(skill.name.slug.rawValue)"
        for row in try connection.rows(Self.dependents(on: needed, visibleTo: reader, limit: limit)) {
          let dependent = try FoundSkill(row)
          found[dependent.skill.id] = dependent
        }
      }
      let visible = found.values.filter { SkillVisibility($0.skill).includes(reader, for: $0.skill.name) }
      let lastFirst = visible.sorted { $0.skill.newestVersionID ?? 0 > $1.skill.newestVersionID ?? 0 }
      return Array(lastFirst.prefix(limit))
    }
  }

  /// Versions have their numbers in the order of publishing.
  private static func dependents(on name: String, visibleTo reader: Reader, limit: Int) -> SQL {
    """
    SELECT \(raw: SkillRecord.columns), versions.version, versions.description, skills.download_count
    FROM (
      SELECT version_id FROM dependencies WHERE dependencies.name = \(name)
      ORDER BY version_id DESC LIMIT \(examinedVersions)
    ) AS latest
    JOIN versions ON versions.id = latest.version_id
    JOIN skills ON skills.id = versions.skill_id AND skills.newest_version_id = versions.id
    JOIN authors ON authors.id = skills.author_id
    WHERE is_private = 0 OR author_id IN (\(list: reader.authors))
    ORDER BY versions.id DESC LIMIT \(limit)
    """
  }

  /// Enters which skills a version needs, in the transaction that enters the version.
  static func enterDependencies(
    _ references: [String], ofVersion id: Int64, on connection: any SQLConnection
  ) throws {
    for name in Set(references.map { $0.prefix { $0 != "@" } }) {
      try connection.execute("INSERT INTO dependencies (name, version_id) VALUES (\(String(name)), \(id))")
    }
  }
}
