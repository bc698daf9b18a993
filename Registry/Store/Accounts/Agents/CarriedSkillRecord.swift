import Skills

/// A skill that is installed in the project of an agent, as the agent says.
package struct CarriedSkillRecord: Sendable, Hashable {
  /// Skills that one agent can carry.
  package static let maximumCount = 200
  static let maximumDescription = 1_024

  package var skill: SkillName
  package var version: SemanticVersion
  /// As `TreeDigest` writes it.
  package var treeDigest: String
  package var description: String

  package init(skill: SkillName, version: SemanticVersion, treeDigest: String, description: String) {
    self.skill = skill
    self.version = version
    self.treeDigest = treeDigest
    self.description = description
  }

  init(_ row: SQLRow) throws {
    skill = SkillName(
      author: try AuthorName(parsing: row.text("author")), slug: try SkillSlug(parsing: row.text("slug")))
    version = try SemanticVersion(parsing: row.text("version"))
    treeDigest = try row.text("tree_digest")
    description = try row.text("description")
  }

  /// - Throws: `validationError`.
  func check() throws(MeshError) {
    guard TreeDigest(treeDigest) != nil else {
      throw MeshError(.validationError, "the tree digest of \(skill) is none: '\(treeDigest, limit: 80)'")
    }
    guard description.unicodeScalars.count <= Self.maximumDescription else {
      throw MeshError(
        .validationError, "the description of \(skill) has more than \(Self.maximumDescription) characters")
    }
  }
}
