/// Reads an archive from end to end, writing nothing, and says what it holds or why it is refused.
package enum ArchiveInspector {
  /// Memory stays below a few megabytes whatever the archive claims; the first broken rule or limit ends it.
  ///
  /// - Throws: `refused` with the rule, or `file` when a file cannot be read.
  package static func inspect(
    _ source: ArchiveSource, limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> InspectedArchive {
    let reader = try SourceReader.open(source, limits: limits)
    switch try ArchiveFormat.detect(reader) {
    case .tarGzip: return try inspectTar(reader, limits)
    case .zip: return try inspectZip(reader, source, limits)
    }
  }

  private static func inspectTar(
    _ reader: consuming SourceReader, _ limits: ArchiveLimits
  ) throws(ArchiveError) -> InspectedArchive {
    let stream = TarStream(try GzipReader.open(reader, limits: limits), limits: limits, visitor: InspectionVisitor())
    let theirs = try stream.listingsOfLibarchive()
    try Listing.compare(stream.visitor.listings, theirs)
    return InspectedArchive(format: .tarGzip, visitor: stream.visitor, isCanonical: stream.isCanonical)
  }

  private static func inspectZip(
    _ reader: consuming SourceReader, _ source: ArchiveSource, _ limits: ArchiveLimits
  ) throws(ArchiveError) -> InspectedArchive {
    var visitor = InspectionVisitor()
    try ZipReader.walk(reader, limits: limits, visitor: &visitor)
    let stream = ZipStream(try SourceReader.open(source, limits: limits))
    let theirs = try LibarchiveReader.listings(of: stream, format: .zip)
    try Listing.compare(visitor.listings, theirs)
    return InspectedArchive(format: .zip, visitor: visitor, isCanonical: false)
  }
}
