import Foundation
import Skills

/// A skill that an owner of its author has offered to another author.
package struct SkillTransfer: Sendable, Hashable {
  package var id: Int64
  /// As it is called until the offer is accepted.
  package var skill: SkillName
  /// Who offers it.
  package var from: AuthorName
  /// An account or an organisation.
  package var to: AuthorName
  package var expiresAt: Date

  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    skill = SkillName(
      author: try AuthorName(parsing: row.text("author")), slug: try SkillSlug(parsing: row.text("slug")))
    from = try AuthorName(parsing: row.text("from_handle"))
    to = try AuthorName(parsing: row.text("to_name"))
    expiresAt = try row.date("expires_at")
  }
}
