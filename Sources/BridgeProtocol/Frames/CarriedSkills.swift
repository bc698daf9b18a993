/// The skills that an agent has installed; each frame replaces the one before.
package struct CarriedSkills: Codable, Hashable, Sendable {
  package var skills: [CarriedSkill]

  package init(skills: [CarriedSkill]) {
    self.skills = skills
  }
}

/// A skill that an agent has installed.
package struct CarriedSkill: Codable, Hashable, Sendable {
  /// `author/slug`.
  package var reference: String
  package var version: String
  /// `t1:…`, of its tree.
  package var treeDigest: String
  package var description: String

  package init(reference: String, version: String, treeDigest: String, description: String) {
    self.reference = reference
    self.version = version
    self.treeDigest = treeDigest
    self.description = description
  }
}
