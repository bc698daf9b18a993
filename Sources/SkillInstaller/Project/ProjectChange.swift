import Skills

/// What somebody wants to be different in a project.
package enum ProjectChange: Sendable {
  /// More skills of a registry, or other versions of them.
  ///
  /// - Parameter folder: What the one skill is installed as, when not as its own name.
  case add([SkillReference], as: SkillSlug? = nil)
  /// More skills that are in no registry.
  case addSources([LockedSkill])
  /// What `skills.json` and `skills.lock` say; frozen: exactly that, and nothing is written.
  case install(isFrozen: Bool = false)
  /// The version of a skill that was there before the one that is there now.
  case rollBack(SkillSlug)
  /// Keep the version of a skill that is there.
  case pin(SkillSlug)
  case unpin(SkillSlug)
}

/// What a change would do: printed, shown to whoever has to agree, and compared with what is then done.
package struct ProjectPlan: Sendable {
  package let steps: [InstallPlan]
  package let lock: Lockfile
  package let changes: LockfileChange
  package let passedOver: [PassedOver]

  /// Why what was agreed to is not done.
  static let changedMeanwhile = MeshError(
    .conflict, "the registry or the project changed while you were asked", hint: "Nothing was changed. Try again.")

  /// Whether an update leads only to what was agreed to, or to what was there before.
  func covers(_ lock: Lockfile, from former: Lockfile) -> Bool {
    let isKnown = lock.skills.allSatisfy { self.lock[$0.folder] == $0 || former[$0.folder] == $0 }
    let isKept = former.skills.allSatisfy { self.lock[$0.folder] == nil || lock[$0.folder] != nil }
    return isKnown && isKept
  }
}

/// What a change did.
package struct ChangeOutcome: Sendable {
  package let lock: Lockfile
  /// Newer versions that were not taken.
  package let passedOver: [PassedOver]
  package var items: [InstalledItem] = []
  /// Skills that were there already.
  package var kept: [LockedSkill] = []
  /// Edits in skills that were left as they are.
  package var edited: [(slug: SkillSlug, paths: [String])] = []
  /// Skills that stay although their registry no longer serves the version that is locked.
  package var withdrawn: [LockedSkill] = []
  /// With the backups of what was edited.
  package var removed: [(slug: SkillSlug, backups: [String])] = []

  init(lock: Lockfile, passedOver: [PassedOver]) {
    self.lock = lock
    self.passedOver = passedOver
  }
}
