import Skills

extension Catalog {
  /// Skills of the author of the scope that have a version to be had and that its reader may see, by slug.
  ///
  /// - Parameter slug: Where the list was left; nil for its beginning.
  package func skills(in scope: SearchScope, after slug: SkillSlug?) async throws -> [FoundSkill] {
    let after = slug?.rawValue ?? ""
    return try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT \(raw: SkillRecord.columns), versions.version, versions.description, skills.download_count
        FROM authors
        JOIN skills ON skills.author_id = authors.id
        JOIN versions ON versions.id = skills.newest_version_id
        WHERE authors.name = \(scope.owner?.rawValue) AND skills.slug > \(after)
          AND (is_private = 0 OR author_id IN (\(list: scope.reader.authors)))
        ORDER BY skills.slug
        LIMIT \(scope.limit)
        """)
      return try rows.map(FoundSkill.init)
    }
  }
}
