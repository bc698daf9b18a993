import Skills

/// Writes the files of an archive while it is inspected.
struct UnpackingVisitor: EntryVisitor, ~Copyable {
  private(set) var inspection = InspectionVisitor()
  var writer: TreeWriter

  init(writer: consuming TreeWriter) {
    self.writer = writer
  }

  mutating func begin(_ file: IncomingFile) throws(ArchiveError) {
    inspection.begin(file)
    try writer.begin(file)
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    inspection.content(bytes)
    try writer.content(bytes)
  }

  mutating func end(_ entry: FileManifest.Entry) throws(ArchiveError) {
    inspection.end(entry)
    try writer.end(entry)
  }

  mutating func folder(_ path: SkillPath) throws(ArchiveError) {
    inspection.folder(path)
    try writer.folder(path)
  }
}
