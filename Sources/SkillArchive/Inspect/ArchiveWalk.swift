import Skills

/// Goes through an archive with our own reader, file by file.
///
/// Every rule and limit of the dialect holds here too; only libarchive's second opinion is left to `ArchiveInspector`.
package enum ArchiveWalk {
  package static func walk(
    _ source: ArchiveSource, limits: ArchiveLimits = .standard, visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) {
    let reader = try SourceReader.open(source, limits: limits)
    switch try ArchiveFormat.detect(reader) {
    case .tarGzip: try walkTar(reader, limits: limits, visitor: &visitor)
    case .zip: try ZipReader.walk(reader, limits: limits, visitor: &visitor)
    }
  }

  /// The content of one file, or nil when the archive has no such file.
  package static func contents(
    of path: SkillPath, in source: ArchiveSource, limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> [UInt8]? {
    var visitor = ContentVisitor(path: path)
    try walk(source, limits: limits, visitor: &visitor)
    return visitor.found
  }

  private static func walkTar(
    _ reader: consuming SourceReader, limits: ArchiveLimits, visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) {
    var gzip = try GzipReader.open(reader, limits: limits)
    var scanner = TarScanner(limits: limits)
    let buffer = Buffer()
    while true {
      let count = try gzip.read(into: buffer.bytes)
      if count == 0 { break }
      try scanner.scan(buffer.prefix(count), visitor: &visitor)
    }
    try scanner.finish()
  }
}

/// Keeps the content of one file.
private struct ContentVisitor: EntryVisitor {
  let path: SkillPath
  private(set) var found: [UInt8]?
  private var isInside = false

  init(path: SkillPath) {
    self.path = path
  }

  mutating func begin(_ file: IncomingFile) {
    isInside = file.path == path
    if isInside { found = [] }
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) {
    if isInside { found?.append(contentsOf: bytes) }
  }

  mutating func end(_ entry: FileManifest.Entry) {
    isInside = false
  }
}
