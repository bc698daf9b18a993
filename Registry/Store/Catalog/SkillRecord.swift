import Foundation
import Skills

/// A skill as the catalog keeps it.
package struct SkillRecord: Sendable {
  package var id: Int64
  package var uid: String
  package var name: SkillName
  package var authorID: Int64
  package var isPrivate: Bool
  package var newestVersionID: Int64?
  package var createdAt: Date
  package var updatedAt: Date
  /// Of the whole skill: nothing of it is served, and nothing is added to it.
  package var quarantine: QuarantineDecision?

  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    uid = try row.text("uid")
    name = SkillName(
      author: try AuthorName(parsing: row.text("author")), slug: try SkillSlug(parsing: row.text("slug")))
    authorID = try row.integer("author_id")
    isPrivate = try row.bool("is_private")
    newestVersionID = try row.optional("newest_version_id", row.integer)
    createdAt = try row.date("created_at")
    updatedAt = try row.date("updated_at")
    quarantine = try QuarantineDecision(row, since: "quarantined_at", reason: "quarantine_reason")
  }
}

/// A published version as the catalog keeps it.
///
/// Its content never changes, only what is said of it: `withdrawnAt`, `yank`, `quarantine` and `zipDigest`.
package struct VersionRecord: Sendable {
  package var id: Int64
  package var skillID: Int64
  package var version: SemanticVersion
  package var withdrawnAt: Date?
  package var yank: Yank?
  /// Its own, or that of the whole skill.
  package var quarantine: QuarantineDecision?
  package var archiveDigest: Digest
  package var archiveSize: Int
  package var treeDigest: TreeDigest
  package var zipDigest: Digest?
  package var description: String
  package var dependencies: [String]
  package var publishedAt: Date
  package var fileCount: Int

  /// Whether its archive may be had.
  package var isServed: Bool { withdrawnAt == nil && quarantine == nil }
}

extension VersionRecord {
  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    skillID = try row.integer("skill_id")
    version = try SemanticVersion(parsing: row.text("version"))
    withdrawnAt = try row.optional("withdrawn_at", row.date)
    yank = try Yank(row)
    quarantine =
      try QuarantineDecision(row, since: "quarantined_at", reason: "quarantine_reason")
      ?? QuarantineDecision(row, since: "skill_quarantined_at", reason: "skill_quarantine_reason")
    archiveDigest = try row.digest("archive_digest")
    archiveSize = Int(try row.integer("archive_size"))
    guard let tree = TreeDigest(try row.text("tree_digest")) else { throw StoreFailure.corrupt("a tree digest") }
    treeDigest = tree
    zipDigest = try row.optional("zip_digest", row.digest)
    description = try row.text("description")
    dependencies = try row.text("dependencies").split(separator: "\n").map(String.init)
    publishedAt = try row.date("published_at")
    fileCount = Int(try row.integer("file_count"))
  }
}
