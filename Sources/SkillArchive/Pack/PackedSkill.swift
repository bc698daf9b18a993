import Skills

/// A finished archive in canonical form, with everything that is known of it.
package struct PackedSkill: Hashable, Sendable {
  /// The gzip-compressed tar archive.
  package var bytes: [UInt8]
  /// Of `bytes`.
  package var digest: Digest
  package var manifest: FileManifest
  package var treeDigest: TreeDigest
  /// The bytes of `SKILL.md` as packed.
  package var skillMarkdown: [UInt8]
}
