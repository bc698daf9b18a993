import Skills

/// Inflates an archive once and shows every piece to our scanner before libarchive gets it.
final class TarStream<Visitor: EntryVisitor & ~Copyable>: ByteStream {
  private var gzip: GzipReader
  private var scanner: TarScanner
  private var isFinished = false
  var visitor: Visitor

  init(_ gzip: consuming GzipReader, limits: ArchiveLimits, visitor: consuming Visitor) {
    self.gzip = gzip
    self.visitor = visitor
    scanner = TarScanner(limits: limits)
  }

  var isCanonical: Bool { gzip.hasCanonicalHeader && scanner.isCanonical }

  override func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    if isFinished { return 0 }
    let count = try gzip.read(into: buffer)
    if count == 0 {
      try scanner.finish()
      isFinished = true
    } else {
      try scanner.scan(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)), visitor: &visitor)
    }
    return count
  }

  /// What libarchive sees in the archive, read to its very end.
  func listingsOfLibarchive() throws(ArchiveError) -> [Listing] {
    let listings = try LibarchiveReader.listings(of: self, format: .tarGzip)
    try drain()
    return listings
  }
}
