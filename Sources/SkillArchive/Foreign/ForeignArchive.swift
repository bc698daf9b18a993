import Skills

/// Archives that other programs made: `git archive`, GNU tar, bsdtar, zip tools; one skill or a whole collection.
///
/// Such an archive may have a wrapping folder, `./` before its names, GNU long names, vendor records, names in UTF-8 that
/// are not marked as such, links, and what systems leave behind. Whatever the dialect refuses for another reason than its
/// form is refused here, too: devices, sparse files, names that climb or collide, damage, and more than the limits allow.
/// Nothing is ever written to disk.
package enum ForeignArchive {
  package struct Contents: Sendable {
    /// In the order of the archive, held in memory.
    package private(set) var files: [PackedFile] = []
    /// Links, which are never followed, and stores of version control and litter, which are never read; each once.
    package private(set) var others: [OtherEntry] = []
    /// The name of the wrapping folder that was taken off, if there was one.
    package private(set) var wrapper: String?

    mutating func add(_ file: PackedFile) { files.append(file) }

    mutating func append(_ bytes: UnsafeRawBufferPointer) { files[files.count - 1].bytes.append(contentsOf: bytes) }

    mutating func add(_ other: OtherEntry) {
      if other != others.last, !others.contains(other) { others.append(other) }
    }
  }

  /// Of an archive that may hold a whole repository.
  package static var repositoryLimits: ArchiveLimits {
    var limits = ArchiveLimits.standard
    limits.entries = 20_000
    limits.duration = .seconds(60)
    return limits
  }

  /// Everything in an archive.
  package static func contents(of source: ArchiveSource, limits: ArchiveLimits) throws(ArchiveError) -> Contents {
    let reader = try SourceReader.open(source, limits: limits)
    switch try ArchiveFormat.detect(reader) {
    case .tarGzip:
      var tar = ForeignTar(try inflated(reader, limits), limits: limits)
      return try tar.contents()
    case .zip:
      var collector = FileCollector()
      try ZipReader.walk(reader, limits: limits, holding: .anything, visitor: &collector)
      return collector.contents
    }
  }

  /// The one skill of an archive, at its root or in the one folder around everything.
  ///
  /// - Throws: `missing-skill-markdown` when there is no `SKILL.md` there.
  package static func skill(
    in source: ArchiveSource, limits: ArchiveLimits = repositoryLimits
  ) throws(ArchiveError) -> SkillContents {
    let contents = try contents(of: source, limits: limits).unwrapped
    let skill = SkillContents(contents.files, others: contents.others)
    guard skill.skillMarkdown != nil else {
      throw .refused(.missingSkillMarkdown, "the archive has no SKILL.md at its root")
    }
    return skill
  }

  private static func inflated(
    _ reader: consuming SourceReader, _ limits: ArchiveLimits
  ) throws(ArchiveError) -> [UInt8] {
    var gzip = try GzipReader.open(reader, limits: limits)
    let buffer = Buffer()
    var tar: [UInt8] = []
    while true {
      let count = try gzip.read(into: buffer.bytes)
      if count == 0 { return tar }
      tar.append(contentsOf: buffer.prefix(count))
    }
  }
}

extension ForeignArchive.Contents {
  /// Without the one folder around everything, which most archives of repositories have; what a system has left beside
  /// it does not count.
  package var unwrapped: ForeignArchive.Contents {
    guard let first = files.first?.path.components.first, files.allSatisfy({ $0.path.components.first == first }),
      !files.contains(where: { $0.path.components.count == 1 })
    else { return self }
    var contents = below(String(first))
    contents.wrapper = String(first)
    return contents
  }

  /// What lies in a folder, by its path there.
  package func below(_ folder: String) -> ForeignArchive.Contents {
    let prefix = folder + "/"
    var contents = ForeignArchive.Contents()
    for file in files where file.path.string.hasPrefix(prefix) {
      guard let path = try? SkillPath(parsing: String(file.path.string.dropFirst(prefix.count))) else { continue }
      contents.files.append(PackedFile(path: path, bytes: file.bytes, isExecutable: file.isExecutable))
    }
    contents.others = others.compactMap { other in
      guard other.path.hasPrefix(prefix) else { return nil }
      return OtherEntry(path: String(other.path.dropFirst(prefix.count)), kind: other.kind)
    }
    return contents
  }
}

/// Keeps every file of an archive.
private struct FileCollector: EntryVisitor {
  private(set) var contents = ForeignArchive.Contents()

  mutating func begin(_ file: IncomingFile) {
    contents.add(PackedFile(path: file.path, bytes: [], isExecutable: file.isExecutable))
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) { contents.append(bytes) }

  mutating func end(_ entry: FileManifest.Entry) {}

  mutating func other(_ other: OtherEntry) { contents.add(other) }
}
