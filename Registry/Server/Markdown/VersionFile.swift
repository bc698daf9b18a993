import Skills

/// A file of a version, which never changes; the paths to it have the name of the skill in them, which can.
struct VersionFile: Hashable, Sendable {
  var skill: SkillName
  var version: SemanticVersion
  var path: SkillPath

  var paths: VersionPaths { VersionPaths(of: skill, version) }
}
