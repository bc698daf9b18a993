import Skills

/// A skill that goes, with everything of ours that leads to it.
struct LeavingSkill: Sendable {
  let existing: ExistingEntry
  /// Folders of agents in which links or copies of it are.
  let links: [String]
  /// Whether what somebody made or edited in the place of a link goes to the backups, too.
  let isForced: Bool

  var slug: SkillSlug { existing.slug }

  init(existing: ExistingEntry, links: [String], isForced: Bool) {
    self.existing = existing
    self.links = links
    self.isForced = isForced
  }

  init(_ existing: ExistingEntry, _ targets: InstallTargets, isForced: Bool) {
    self.init(existing: existing, links: existing.mark?.links ?? targets.linkedFolders, isForced: isForced)
  }
}
