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
  /// Newer versions of what is there.
  case update(UpdateRequest = UpdateRequest())
  /// The version of a skill that was there before the one that is there now.
  case rollBack(SkillSlug)
  /// Keep the version of a skill that is there.
  case pin(SkillSlug)
  case unpin(SkillSlug)

  var isFrozen: Bool {
    if case .install(isFrozen: true) = self { true } else { false }
  }
}

/// Which skills to move, and how far.
package struct UpdateRequest: Sendable {
  /// The folders to update; nil for every skill that we installed.
  package var chosen: [SkillSlug]?
  /// Whether versions beyond the ranges of the manifest are taken, which then follows.
  package var beyondRanges: Bool

  package init(_ chosen: [SkillSlug]? = nil, beyondRanges: Bool = false) {
    self.chosen = chosen
    self.beyondRanges = beyondRanges
  }
}
