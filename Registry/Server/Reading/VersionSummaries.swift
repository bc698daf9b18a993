import RegistryAPI
import RegistryStore
import Skills

extension VersionSummary {
  init(_ record: VersionRecord) {
    self.init(
      version: record.version.description, status: VersionStatus(record), publishedAt: record.publishedAt,
      digest: record.archiveDigest, size: record.archiveSize, treeDigest: record.treeDigest,
      description: record.description, fileCount: record.fileCount)
  }
}

extension VersionStatus {
  /// The operator's word counts before the author's: an author must not hide it by withdrawing.
  init(_ record: VersionRecord) {
    self =
      if record.quarantine != nil {
        .quarantined
      } else if record.withdrawnAt != nil {
        .withdrawn
      } else if record.yank != nil {
        .yanked
      } else {
        .published
      }
  }
}

extension IndexDocument.Version {
  init(_ record: VersionRecord) {
    self.init(VersionSummary(record), dependencies: record.dependencies)
    switch status {
    case .quarantined: reason = record.quarantine?.reason
    case .yanked: reason = record.yank?.reason
    case .published, .withdrawn: reason = nil
    }
  }
}

extension SkillSummary {
  init(_ history: SkillHistory) {
    let newest = history.newest
    self.init(
      id: history.skill.uid, name: history.skill.name, description: newest?.description,
      isPrivate: history.skill.isPrivate, createdAt: history.skill.createdAt, updatedAt: history.skill.updatedAt)
    version = newest?.version.description
    hasFiles = (newest?.fileCount ?? 1) > 1
    digest = newest?.archiveDigest
    treeDigest = newest?.treeDigest
    versions = history.offered.map(\.version).sorted(by: >).map(\.description)
  }
}
