import Foundation
import Skills

/// A version about to enter the catalog.
///
/// Its archive is in the blob store already.
package struct NewVersion: Sendable {
  package var name: SkillName
  package var version: SemanticVersion
  /// Nil leaves an existing skill as visible as it is; a new one is public.
  package var isPrivate: Bool?
  package var description: String
  package var dependencies: [String]
  package var archiveDigest: Digest
  package var archiveSize: Int
  package let manifest: FileManifest
  let treeDigest: TreeDigest

  package init(
    name: SkillName, version: SemanticVersion, isPrivate: Bool?, description: String, dependencies: [String],
    archiveDigest: Digest, archiveSize: Int, manifest: FileManifest
  ) {
    self.name = name
    self.version = version
    self.isPrivate = isPrivate
    self.description = description
    self.dependencies = dependencies
    self.archiveDigest = archiveDigest
    self.archiveSize = archiveSize
    self.manifest = manifest
    treeDigest = manifest.treeDigest
  }
}

extension VersionRecord {
  /// One that was just entered, as it would be read.
  init(_ new: NewVersion, id: Int64, of skill: Int64, at time: Date) {
    self.init(
      id: id, skillID: skill, version: new.version, archiveDigest: new.archiveDigest, archiveSize: new.archiveSize,
      treeDigest: new.treeDigest, description: new.description, dependencies: new.dependencies,
      publishedAt: time.asStored, fileCount: new.manifest.entries.count)
  }
}
