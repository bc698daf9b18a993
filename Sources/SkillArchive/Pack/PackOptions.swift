import Skills
import SystemPackage

/// What a person can say about packing a folder.
package struct PackOptions: Hashable, Sendable {
  /// A file that is left out wherever it lies: the archive about to be written.
  package var excluding: FilePath?
  /// Files that are packed although they look like secrets.
  package var allowedSecrets: Set<SkillPath> = []
  package var limits = ArchiveLimits.standard

  package init() {}
}
