import Skills

/// What a change does to one skill.
package struct PlannedStep: Sendable, Encodable {
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

    /// Whether a folder is placed.
    package var places: Bool { [.install, .update, .replace].contains(self) }
  }

  package var action: Action
  /// `author/slug`, or the text of a source.
  package var reference: String
  /// Nil for a source whose SKILL.md names none.
  package var version: String?
  package var previousVersion: String?
  /// The locked commit of a skill whose files another commit has as well, and that commit; nil for all others.
  package var previousCommit: String?
  package var commit: String?
  package var digest: Digest
  package var size: Int
  /// Relative to the project.
  package var folder: String
  package var links: [String]
  /// Whether the folder that stands there now is kept as a backup.
  package var keepsBackup: Bool
  /// Why its author has yanked the version, empty when no reason is given; nil for one that is not yanked.
  package var yanked: String?

  /// `author/slug@1.2.3`, or the text of a source.
  package var title: String { version.map { "\(reference)@\($0)" } ?? reference }
}

extension PlannedStep {
  init(removing existing: ExistingEntry) {
    let mark = existing.mark
    self.init(
      action: .remove, reference: mark?.reference ?? existing.slug.rawValue, version: mark?.locked?.version,
      previousVersion: mark?.locked?.version, digest: mark?.digest ?? Digest(of: []), size: 0,
      folder: "\(Agent.sharedFolder)/\(existing.slug)", links: mark?.links ?? [],
      keepsBackup: existing.state != .intact)
  }

  /// For a skill of which only the lock changes.
  init(lockedAnew item: InstalledItem) {
    self.init(
      action: item.action, reference: item.skill.reference, version: item.skill.version,
      previousVersion: item.previousVersion, previousCommit: item.previousCommit,
      commit: item.previousCommit.flatMap { _ in item.skill.commit }, digest: item.skill.digest, size: item.skill.size,
      folder: item.folder, links: item.links, keepsBackup: false)
  }
}
