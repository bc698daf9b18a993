import Skills

/// Archives that other programs made: `git archive`, GNU tar, bsdtar, zip tools; one skill or a whole collection.
///
/// Such an archive may have a wrapping folder, `./` before its names, GNU long names, vendor records, names in UTF-8
/// that are not marked as such, links, and what systems leave behind. Whatever the dialect refuses for another reason
/// than its form is refused here, too: devices, sparse files, names that climb or collide, damage, and more than the
/// limits allow. Nothing is ever written to disk.
package enum ForeignArchive {
  package struct Contents: Sendable {
    /// In the order of the archive, held in memory.
    package private(set) var files: [PackedFile] = []
    /// Links, which are never followed, and stores of version control and litter, which are never read; each once.
    package private(set) var others: [OtherEntry] = []
    private var known: Set<OtherEntry> = []
    /// The name of the wrapping folder that was taken off, if there was one.
    package private(set) var wrapper: String?

    mutating func add(_ file: PackedFile) { files.append(file) }

    mutating func append(_ bytes: UnsafeRawBufferPointer) { files[files.count - 1].bytes.append(contentsOf: bytes) }

    mutating func add(_ other: OtherEntry) {
      if known.insert(other).inserted { others.append(other) }
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
    let skill = try SkillContents(contents.files, others: contents.others)
    guard skill.skillMarkdown != nil else {
      throw .refused(
        ArchiveRefusal(
          .missingSkillMarkdown, "the archive has no SKILL.md at its root", hint: contents.hintAtOnlySkill))
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
  /// Where the one skill is, for an archive with exactly one that is not at its root.
  fileprivate var hintAtOnlySkill: Message? {
    let main = files.filter { SkillSelection.isMainFile($0.path.components.last.map(String.init) ?? "") }
    guard main.count == 1, let slash = main[0].path.string.lastIndex(of: "/") else { return nil }
    let folder = [wrapper, String(main[0].path.string[..<slash])].compactMap(\.self).joined(separator: "/")
    return "Its only skill is in '\(folder)': unpack the archive, and name that folder."
  }

  /// Without the one folder around everything, which most archives of repositories have; what is ignored by default
  /// beside it does not count.
  package var unwrapped: ForeignArchive.Contents {
    let ignored = IgnoreRules(lines: DefaultIgnores.lines)
    let isFolder = Dictionary(
      files.lazy.map { (String($0.path.components[0]), $0.path.components.count > 1) }, uniquingKeysWith: { $1 })
    let counted = isFolder.filter { ignored.verdict(on: $0.key, isFolder: $0.value) != .ignored }
    guard counted.count == 1, let wrapper = counted.first(where: { $0.value })?.key else { return self }
    var contents = grouped { $0.hasPrefix(wrapper + "/") ? wrapper : nil }[wrapper] ?? self
    contents.wrapper = wrapper
    return contents
  }

  /// What lies in each of many folders, by its path there.
  ///
  /// - Parameter owner: The folder that something belongs to, by its path; nil for none.
  package func grouped(by owner: (String) -> String?) -> [String: ForeignArchive.Contents] {
    var groups: [String: ForeignArchive.Contents] = [:]
    for file in files {
      guard let folder = owner(file.path.string),
        let path = try? SkillPath(parsing: String(file.path.string.dropFirst(folder.count + 1)))
      else { continue }
      groups[folder, default: .init()].add(
        PackedFile(path: path, bytes: file.bytes, isExecutable: file.isExecutable))
    }
    for other in others {
      guard let folder = owner(other.path) else { continue }
      groups[folder, default: .init()].add(
        OtherEntry(path: String(other.path.dropFirst(folder.count + 1)), kind: other.kind))
    }
    return groups
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
