import Skills

/// Archives that other programs made: `git archive`, GNU tar, bsdtar, zip tools; one skill or a whole collection.
///
/// Such an archive may have a wrapper folder, `./` before its names, GNU long names and vendor records. Whatever the
/// dialect refuses for another reason than its form is refused here, too: links, devices, sparse files, names that
/// climb or collide, damage, and more than the limits allow. Nothing is ever written to disk.
package enum ForeignArchive {
  package struct Contents: Sendable {
    /// In the order of the archive, held in memory.
    package var files: [PackedFile] = []
    /// Where the archive has links, which are never followed: whatever they stand in is not complete.
    package var links: [SkillPath] = []
  }

  /// Every file.
  ///
  /// - Throws: also for a link anywhere.
  package static func files(of source: ArchiveSource, limits: ArchiveLimits) throws(ArchiveError) -> [PackedFile] {
    let contents = try contents(of: source, limits: limits)
    if let link = contents.links.first {
      throw .refused(.linkEntry, entry: link.string, "links are not allowed")
    }
    return contents.files
  }

  /// Every file, and the places of links in a tar archive.
  package static func contents(of source: ArchiveSource, limits: ArchiveLimits) throws(ArchiveError) -> Contents {
    let reader = try SourceReader.open(source, limits: limits)
    switch try ArchiveFormat.detect(reader) {
    case .tarGzip:
      var tar = ForeignTar(try inflated(reader, limits), limits: limits)
      return try tar.contents()
    case .zip:
      var collector = FileCollector()
      try ZipReader.walk(reader, limits: limits, holding: .anything, visitor: &collector)
      return Contents(files: collector.files)
    }
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

/// Keeps every file of an archive.
private struct FileCollector: EntryVisitor {
  private(set) var files: [PackedFile] = []

  mutating func begin(_ file: IncomingFile) {
    files.append(PackedFile(path: file.path, bytes: [], isExecutable: file.isExecutable))
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) {
    files[files.count - 1].bytes.append(contentsOf: bytes)
  }

  mutating func end(_ entry: FileManifest.Entry) {}
}
