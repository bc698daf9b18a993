import Skills

/// The text field `metadata` of a publish request.
///
/// Absent keys are left out.
///
/// Only deliberate overrides and visibility are taken from it; every other fact comes from the archive. A description
/// that is about something else than the one in SKILL.md is refused.
package struct PublishMetadata: Codable, Sendable, Hashable {
  package var name: String?
  package var version: String?
  package var description: String?
  package var isPrivate: Bool?

  enum CodingKeys: String, CodingKey {
    case name, version, description
    case isPrivate = "is_private"
  }

  package init(name: String? = nil, version: String? = nil, description: String? = nil, isPrivate: Bool? = nil) {
    self.name = name
    self.version = version
    self.description = description
    self.isPrivate = isPrivate
  }
}

/// What publishing answers: `action` is `created` for a new skill, `updated` for a new version of one, and
/// `unchanged` when exactly this had been published before.
package struct PublishResponse: Codable, Sendable {
  package enum Action: String, Codable, Sendable { case created, updated, unchanged }

  package var success: Bool
  package var action: Action
  package var skill: SkillSummary
  package var version: String
  package var digest: Digest
  package var treeDigest: TreeDigest
  package var url: String
  package var warnings: [Finding]?

  enum CodingKeys: String, CodingKey {
    case success, action, skill, version, digest, url, warnings
    case treeDigest = "tree_digest"
  }

  package init(
    action: Action, skill: SkillSummary, version: VersionSummary, url: String, warnings: [Finding]
  ) {
    success = true
    self.action = action
    self.skill = skill
    self.version = version.version
    digest = version.digest
    treeDigest = version.treeDigest
    self.url = url
    self.warnings = warnings.isEmpty ? nil : warnings
  }
}
