extension Catalog {
  /// The public skills with the most downloads, of all versions together; none that was never downloaded.
  ///
  /// An index has these alone, in this order: no more rows are read than are returned, however many skills there are.
  package func mostInstalled(limit: Int) async throws -> [FoundSkill] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT \(raw: SkillRecord.columns), versions.version, versions.description, skills.download_count
        FROM skills
        JOIN authors ON authors.id = skills.author_id
        JOIN versions ON versions.id = skills.newest_version_id
        WHERE is_private = 0 AND newest_version_id IS NOT NULL AND download_count > 0
        ORDER BY download_count DESC, skills.id DESC
        LIMIT \(limit)
        """)
      return try rows.map(FoundSkill.init)
    }
  }
}
