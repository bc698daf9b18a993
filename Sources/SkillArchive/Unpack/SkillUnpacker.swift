import FileSystem
import Skills

/// Puts the files of an archive into a folder.
package enum SkillUnpacker {
  /// Inspects and writes in one pass, so that the archive is opened and inflated once; below `directory` and nowhere
  /// else.
  ///
  /// Files are created by `openat` with `O_NOFOLLOW` and `O_EXCL`, and get mode 0644 or 0755 whatever the umask. They
  /// are written before the end of the archive is seen: after any error what has been written stays for the caller to
  /// remove, who lets nobody see it before. A zip archive is inspected alone.
  ///
  /// - Parameter directory: an empty folder.
  package static func unpack(
    _ source: ArchiveSource, into directory: Directory<some FileFailure>, limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> InspectedArchive {
    let reader = try SourceReader.open(source, limits: limits)
    guard try ArchiveFormat.detect(reader) == .tarGzip else {
      return try ArchiveInspector.inspect(source, limits: limits)
    }
    let writer = try TreeWriter(Directory(directory))
    let stream = TarStream(
      try GzipReader.open(reader, limits: limits), limits: limits, visitor: UnpackingVisitor(writer: writer))
    let theirs = try stream.listingsOfLibarchive()
    try Listing.compare(stream.visitor.inspection.listings, theirs)
    let inspected = InspectedArchive(
      format: .tarGzip, visitor: stream.visitor.inspection, isCanonical: stream.isCanonical)
    guard stream.visitor.writer.manifest.treeDigest == inspected.treeDigest else {
      throw .refused(.parsersDisagree, "the archive changed while it was unpacked")
    }
    return inspected
  }
}
