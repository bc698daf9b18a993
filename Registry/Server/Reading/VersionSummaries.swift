import RegistryAPI
import RegistryStore
import Skills

extension VersionSummary {
  init(_ record: VersionRecord) {
    self.init(
      version: record.version.description, status: record.withdrawnAt == nil ? .published : .withdrawn,
      publishedAt: record.publishedAt, digest: record.archiveDigest, size: record.archiveSize,
      treeDigest: record.treeDigest, description: record.description, fileCount: record.fileCount)
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
    versions = history.versions.filter { $0.withdrawnAt == nil }.map(\.version).sorted(by: >).map(\.description)
  }
}
