import Skills

/// What an archive holds, established without writing anything.
package struct InspectedArchive: Hashable, Sendable {
  package var format: ArchiveFormat
  package var manifest: FileManifest
  /// The bytes of `SKILL.md`, not parsed.
  package var skillMarkdown: [UInt8]
  /// Whether the tar bytes are the ones that our packer writes for these files, under its own gzip header.
  package var isCanonical: Bool
  package var treeDigest: TreeDigest

  init(format: ArchiveFormat, visitor: InspectionVisitor, isCanonical: Bool) {
    self.format = format
    manifest = FileManifest(visitor.entries)
    skillMarkdown = visitor.skillMarkdown
    self.isCanonical = isCanonical
    treeDigest = manifest.treeDigest
  }
}
