import Skills

/// Inflates an archive once and shows every piece to our scanner before libarchive gets it.
final class TarFeed: ByteFeed {
  private var gzip: GzipReader
  private var scanner: TarScanner
  private var isFinished = false
  private(set) var visitor = InspectionVisitor()

  init(_ gzip: consuming GzipReader, limits: ArchiveLimits) {
    self.gzip = gzip
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
}
