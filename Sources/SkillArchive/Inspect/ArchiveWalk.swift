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
