import FileSystem
import Skills

/// Puts the files of an archive into a folder, after all of the archive has been found good.
package enum SkillUnpacker {
  /// Inspects, then writes below `directory` and nowhere else.
  ///
  /// Files are created by `openat` with `O_NOFOLLOW` and `O_EXCL`, get mode 0644 or 0755 whatever the umask, and are
  /// checked against the inspection when all is written. A refused archive leaves the folder as it was; after an error
  /// of the disk, what has been written stays for the caller to remove.
  ///
  /// - Parameters:
  ///   - directory: an empty folder.
  ///   - durably: whether files and folders are synced before this returns.
  package static func unpack(
    _ source: ArchiveSource, into directory: Directory<some FileFailure>, limits: ArchiveLimits = .standard,
    durably: Bool = false
  ) throws(ArchiveError) -> FileManifest {
    let inspected = try ArchiveInspector.inspect(source, limits: limits)
    return try unpack(source, inspected: inspected, into: directory, limits: limits, durably: durably)
  }

  /// Inspects and writes in one pass, so that the archive is opened and inflated once.
  ///
  /// As `unpack(_:into:limits:durably:)`, but the files are written before the end of the archive is seen: after any
  /// error what has been written stays for the caller to remove, who lets nobody see it before. A zip archive is
  /// inspected alone.
  package static func unpackInspecting(
    _ source: ArchiveSource, into directory: Directory<some FileFailure>, limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> InspectedArchive {
    let reader = try SourceReader.open(source, limits: limits)
    guard try ArchiveFormat.detect(reader) == .tarGzip else {
      return try ArchiveInspector.inspect(source, limits: limits)
    }
    let writer = try TreeWriter(Directory(directory), durably: false)
    let stream = TarStream(
      try GzipReader.open(reader, limits: limits), limits: limits, visitor: UnpackingVisitor(writer: writer))
    let theirs = try stream.listingsOfLibarchive()
    try Listing.compare(stream.visitor.inspection.listings, theirs)
    let written = try stream.visitor.writer.finish()
    let inspected = InspectedArchive(
      format: .tarGzip, visitor: stream.visitor.inspection, isCanonical: stream.isCanonical)
    guard written.treeDigest == inspected.treeDigest else {
      throw .refused(.parsersDisagree, "the archive changed while it was unpacked")
    }
    return inspected
  }

  /// As above, for an archive that the caller has just inspected.
  package static func unpack(
    _ source: ArchiveSource, inspected: InspectedArchive, into directory: Directory<some FileFailure>,
    limits: ArchiveLimits = .standard, durably: Bool = false
  ) throws(ArchiveError) -> FileManifest {
    var writer = try TreeWriter(Directory(directory), durably: durably)
    try ArchiveWalk.walk(source, limits: limits.withoutDuration, visitor: &writer)
    let manifest = try writer.finish()
    guard manifest.treeDigest == inspected.treeDigest else {
      throw .refused(.parsersDisagree, "the archive changed while it was unpacked")
    }
    return manifest
  }
}
