import Skills

/// What came of a resolution.
struct ResolvedProject: Sendable {
  var lock: Lockfile
  var passedOver: [PassedOver]
  /// Skills that stay as they are because of this.
  var failures: [SkillName: MeshError] = [:]
  /// Skills that stay although their registry no longer serves the version that is locked.
  var withdrawn: [LockedSkill] = []
}
