import Skills

/// What came of a resolution.
struct ResolvedProject: Sendable {
  var lock: Lockfile
  var notices: ResolutionNotices
  /// Skills that stay as they are because of this.
  var failures: [SkillName: MeshError] = [:]
  /// What the lock calls skills, by what they were called in the input or by those that need them.
  var renames = SkillRenames()
}

/// What somebody has to know of the versions that were chosen, and of those that were not.
package struct ResolutionNotices: Sendable {
  /// Newer versions that were not taken, and versions that had to give way.
  package var passedOver: [PassedOver] = []
  /// Skills that stay although their registry no longer serves the version that is locked.
  package var withdrawn: [LockedSkill] = []
  /// Skills that the project called otherwise before, as their registries say.
  package var renames = SkillRenames()
  /// Chosen versions that their author has yanked, with the reason; empty when none is given.
  package var yanked: [SkillName: String] = [:]
}
