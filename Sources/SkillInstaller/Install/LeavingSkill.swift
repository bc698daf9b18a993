import Skills

/// A skill that goes, with everything of ours that leads to it.
struct LeavingSkill: Sendable {
  let existing: ExistingEntry
  /// Folders of agents in which links or copies of it are.
  let links: [String]
  /// Whether entries that somebody made or edited under the name of a link become backups, too.
  let isForced: Bool

  var slug: SkillSlug { existing.slug }
}

extension LeavingSkill {
  init(_ existing: ExistingEntry, _ targets: InstallTargets, isForced: Bool) {
    self.init(existing: existing, links: existing.mark?.links ?? targets.linkedFolders, isForced: isForced)
  }
}
