import Foundation
import Skills

/// A version of a public skill, as news.
package struct Release: Sendable {
  /// Of the skill, whatever it is named.
  package var skillUID: String
  package var skill: SkillName
  package var version: SemanticVersion
  package var description: String
  package var publishedAt: Date

  init(_ row: SQLRow) throws {
    skillUID = try row.text("uid")
    skill = SkillName(
      author: try AuthorName(parsing: row.text("author")), slug: try SkillSlug(parsing: row.text("slug")))
    version = try SemanticVersion(parsing: row.text("version"))
    description = try row.text("description")
    publishedAt = try row.date("published_at")
  }
}

extension Catalog {
  /// What an author published for everybody, the newest first: nothing that is private, withdrawn, yanked or blocked.
  package func releases(ofAuthor id: Int64, limit: Int) async throws -> [Release] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT uid, authors.name AS author, slug, version, description, published_at FROM versions
        JOIN skills ON skills.id = skill_id JOIN authors ON authors.id = author_id
        WHERE author_id = \(id) AND is_private = 0 AND skills.quarantined_at IS NULL
          AND versions.quarantined_at IS NULL AND withdrawn_at IS NULL AND yanked_at IS NULL
        ORDER BY published_at DESC, versions.id DESC LIMIT \(limit)
        """)
      return try rows.map(Release.init)
    }
  }
}
