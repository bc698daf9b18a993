import Skills

/// A file of an archive as its header announces it.
package struct IncomingFile: Hashable, Sendable {
  package var path: SkillPath
  /// Bytes; exactly so many follow.
  package var size: Int
  package var isExecutable: Bool
}

/// Meets the files of an archive in the archive's order, one after the other, each with its content in pieces.
package protocol EntryVisitor: ~Copyable {
  mutating func begin(_ file: IncomingFile) throws(ArchiveError)
  /// - Parameter bytes: valid during the call only.
  mutating func content(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError)
  mutating func end(_ entry: FileManifest.Entry) throws(ArchiveError)
  /// An entry for a folder of its own, which the canonical form does not have.
  mutating func folder(_ path: SkillPath) throws(ArchiveError)
  /// A link or litter in an archive of another program's making.
  mutating func other(_ other: OtherEntry)
}

extension EntryVisitor where Self: ~Copyable {
  package mutating func folder(_ path: SkillPath) throws(ArchiveError) {}
  package mutating func other(_ other: OtherEntry) {}
}
