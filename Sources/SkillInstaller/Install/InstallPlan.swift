import Foundation
import Skills

/// What an installation would do to one skill, decided before anything is fetched or changed.
///
/// `--dry-run` prints it.
package struct InstallPlan: Sendable, Codable, Hashable {
  package enum Action: String, Sendable, Codable {
    case install
    case update
    /// Once more, over edits or a foreign folder.
    case replace
    /// The skill is there, but not every link to it.
    case complete
    /// Nothing is to be done.
    case keep
    case remove
  }

  package var action: Action
  /// `author/slug`, or the text of a source.
  package var reference: String
  /// Nil for a source whose SKILL.md names none.
  package var version: String?
  package var previousVersion: String?
  package var digest: Digest
  package var size: Int
  /// Relative to the project.
  package var folder: String
  package var links: [String]
  /// Whether the folder that stands there now is kept as a backup.
  package var keepsBackup: Bool

  enum CodingKeys: String, CodingKey {
    case action, reference, version, digest, size, folder, links
    case previousVersion = "previous_version"
    case keepsBackup = "keeps_backup"
  }
}

/// How to treat what stands in the way, and what to write down.
package struct InstallOptions: Sendable {
  /// Replace edited and foreign folders; they are kept as backups.
  package var force: Bool
  /// Write `skills.json` and `skills.lock`.
  package var saves: Bool
  /// Younger versions are passed over, unless locked or asked for by their number; nil for none.
  package var minimumAge: MinimumAge?
  package var now: Date
  /// Agents that somebody named, to be remembered by the manifest.
  package var agents: [String]?

  package init(
    force: Bool = false, saves: Bool = false, minimumAge: MinimumAge? = nil, now: Date = Date(),
    agents: [String]? = nil
  ) {
    self.force = force
    self.saves = saves
    self.minimumAge = minimumAge
    self.now = now
    self.agents = agents
  }
}

/// What was done to one skill.
package struct InstalledItem: Sendable {
  package var skill: LockedSkill
  package var action: InstallPlan.Action
  package var previousVersion: String?
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
    let plan = staged.decision.plan
    self.init(
      skill: staged.decision.skill, action: plan.action, previousVersion: plan.previousVersion, folder: plan.folder,
      fileCount: staged.mark.files.count, links: plan.links, backups: backups, compatibility: staged.compatibility)
  }
}
