import RegistryAPI
import Skills

/// What an installation would do to one skill, decided before anything is fetched or changed.
///
/// `--dry-run` prints it.
package struct InstallPlan: Sendable, Codable {
  package enum Action: String, Sendable, Codable {
    case install
    case update
    /// The same version once more, over edits or a foreign folder.
    case replace
    /// The skill is there, but not every link to it.
    case complete
  }

  package var action: Action
  package var reference: String
  package var version: String
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

/// A version that was chosen from an index.
package struct Candidate: Sendable {
  package let name: SkillName
  package let number: SemanticVersion
  package let entry: IndexDocument.Version
  package let isPrivate: Bool
}

/// How to treat what stands in the way.
package struct InstallOptions: Sendable {
  /// Replace edited and foreign folders; they are kept as backups.
  package var force: Bool

  package init(force: Bool = false) {
    self.force = force
  }
}

/// What was done to one skill.
package struct InstalledItem: Sendable {
  package var name: SkillName
  package var version: SemanticVersion
  package var previousVersion: String?
  package var folder: String
  package var fileCount: Int
  package var digest: Digest
  package var treeDigest: TreeDigest
  package var isPrivate: Bool
  /// Folders, relative to the project, from which agents reach the skill beside its own.
  package var links: [String]
  /// Backups of what stood in the way.
  package var backups: [String]
}

extension InstalledItem {
  init(_ skill: StagedSkill, backups: [String]) {
    let (candidate, plan) = (skill.decision.candidate, skill.decision.plan)
    self.init(
      name: candidate.name, version: candidate.number, previousVersion: plan.previousVersion, folder: plan.folder,
      fileCount: skill.mark.files.count, digest: skill.mark.digest, treeDigest: skill.mark.treeDigest,
      isPrivate: skill.mark.isPrivate, links: plan.links, backups: backups)
  }
}
