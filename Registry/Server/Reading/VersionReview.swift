import Skills

/// What a version consists of, and what looking through its files has shown.
struct VersionReview: Sendable {
  var manifest: FileManifest
  /// Nil for a skill of more than `RegistryLimits.reviewedBytes`, and for one whose SKILL.md cannot be read.
  var preview: SkillPreview?
  /// As SKILL.md has it.
  var license: String?
}
