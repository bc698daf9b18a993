/// What a skill consists of: every file with its size, digest and executable bit, sorted by path.
package struct FileManifest: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package var path: SkillPath
    /// Bytes.
    package var size: Int
    package var digest: Digest
    package var isExecutable: Bool

    package init(path: SkillPath, size: Int, digest: Digest, isExecutable: Bool) {
      self.path = path
      self.size = size
      self.digest = digest
      self.isExecutable = isExecutable
    }
  }

  package let entries: [Entry]

  /// Sorts by the UTF-8 bytes of the paths.
  package init(_ entries: some Sequence<Entry>) {
    self.entries = entries.sorted { $0.path < $1.path }
  }

  package var totalSize: Int { entries.reduce(0) { $0 + $1.size } }

  package subscript(_ path: SkillPath) -> Entry? { entries.first { $0.path == path } }

  package var treeDigest: TreeDigest { TreeDigest(of: self) }
}
