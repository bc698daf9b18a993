import Skills

/// Reads one file out of a tar.gz piece by piece, and no further than to that file's end.
///
/// Every rule and limit of the dialect holds for what is read.
package struct ArchiveFileReader: ~Copyable {
  package enum Piece: Sendable {
    /// A stretch of the archive without a byte of the file.
    case skipped
    case bytes([UInt8])
    /// The file is complete; nothing may be asked for after it.
    case end(FileManifest.Entry)
  }

  private static let pieceSize = 64 << 10

  private var gzip: GzipReader
  private var scanner: TarScanner
  private var visitor: PieceVisitor
  private let buffer = Buffer(count: pieceSize)

  private init(_ gzip: consuming GzipReader, path: SkillPath, limits: ArchiveLimits) {
    self.gzip = gzip
    scanner = TarScanner(limits: limits)
    visitor = PieceVisitor(path: path)
  }

  package static func open(
    _ source: ArchiveSource, _ path: SkillPath, limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> ArchiveFileReader {
    let gzip = try GzipReader.open(try SourceReader.open(source, limits: limits), limits: limits)
    return ArchiveFileReader(gzip, path: path, limits: limits)
  }

  /// - Throws: `refused` with `truncated` when the archive has no such file.
  package mutating func next() throws(ArchiveError) -> Piece {
    if let found = visitor.found { return .end(found) }
    let count = try gzip.read(into: buffer.bytes)
    guard count > 0 else { throw .refused(.truncated, "there is no file \(visitor.path.string) in the archive") }
    try scanner.scan(buffer.prefix(count), visitor: &visitor)
    let bytes = visitor.takeBytes()
    if bytes.isEmpty { return visitor.found.map(Piece.end) ?? .skipped }
    return .bytes(bytes)
  }
}

/// Keeps what a piece of the archive holds of one file.
private struct PieceVisitor: EntryVisitor {
  let path: SkillPath
  private var bytes: [UInt8] = []
  private(set) var found: FileManifest.Entry?
  private var isInside = false

  init(path: SkillPath) {
    self.path = path
  }

  /// What has been kept since the last call.
  mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  mutating func begin(_ file: IncomingFile) {
    isInside = file.path == path
  }

  mutating func content(_ piece: UnsafeRawBufferPointer) {
    if isInside { bytes.append(contentsOf: piece) }
  }

  mutating func end(_ entry: FileManifest.Entry) {
    if isInside { found = entry }
    isInside = false
  }
}
