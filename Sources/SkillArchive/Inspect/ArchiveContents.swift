import Skills

/// The files of an archive in memory, for looking at a skill that is installed nowhere.
package struct ArchiveContents: Sendable {
  package let inspected: InspectedArchive
  /// The bytes of every file, complete.
  package let files: [SkillPath: [UInt8]]

  /// Inspects, then reads everything; memory is bounded by the limits.
  ///
  /// - Throws: As `ArchiveInspector.inspect`.
  package init(_ source: ArchiveSource, limits: ArchiveLimits = .standard) throws(ArchiveError) {
    inspected = try ArchiveInspector.inspect(source, limits: limits)
    var collector = Collector()
    try ArchiveWalk.walk(source, limits: limits.withoutDuration, visitor: &collector)
    files = collector.files
  }

  private struct Collector: EntryVisitor {
    private(set) var files: [SkillPath: [UInt8]] = [:]
    private var bytes: [UInt8] = []

    mutating func begin(_ file: IncomingFile) {
      bytes.removeAll()
      bytes.reserveCapacity(file.size)
    }

    mutating func content(_ buffer: UnsafeRawBufferPointer) { bytes.append(contentsOf: buffer) }

    mutating func end(_ entry: FileManifest.Entry) { files[entry.path] = bytes }
  }
}
