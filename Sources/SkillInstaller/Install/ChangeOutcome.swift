import Skills

/// What was done to one skill.
package struct InstalledItem: Sendable {
  package var skill: LockedSkill
  package var action: PlannedStep.Action
  package var previousVersion: String?
  /// Of a skill that another commit has with the same files: the one that was locked.
  package var previousCommit: String?
  /// Relative to the project.
  package var folder: String
  package var fileCount: Int
  /// Folders, relative to the project, from which agents reach the skill beside its own.
  package var links: [String]
  /// Backups of what stood in the way.
  package var backups: [String]
  /// What the skill says that it needs around it: programs, platforms, agents.
  package var compatibility: String?

  package var slug: SkillSlug { skill.folder }
}

extension InstalledItem {
  init(_ staged: StagedSkill, backups: [String]) {
    let step = staged.decision.step
    self.init(
      skill: staged.decision.skill, action: step.action, previousVersion: step.previousVersion, folder: step.folder,
      fileCount: staged.mark.files.count, links: step.links, backups: backups, compatibility: staged.compatibility)
  }
}

/// What a change did.
package struct ChangeOutcome: Sendable {
  package internal(set) var plan: ChangePlan
  /// What was named comes first.
  package internal(set) var items: [InstalledItem] = []
  /// Folders that are gone, those that were named first.
  package internal(set) var removed: [SkillSlug] = []
  /// Of removed folders that somebody had worked in.
  package internal(set) var removalBackups: [String] = []

  package var lock: Lockfile { plan.lock }
  package var notices: ResolutionNotices { plan.notices }
  package var backups: [String] { items.flatMap(\.backups) + removalBackups }

  /// Skills whose files, or whose commits, are others now.
  package var updated: [InstalledItem] { items.filter { $0.action != .complete } }
}
