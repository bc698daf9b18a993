import Skills
import SystemPackage

/// Puts the files of an archive into a folder, after all of the archive has been found good.
package enum SkillUnpacker {
  /// Inspects, then writes below `directory` and nowhere else.
  ///
  /// Files are created by `openat` with `O_NOFOLLOW` and `O_EXCL`, get mode 0644 or 0755 whatever the umask, and are
  /// checked against the inspection when all is written. A refused archive leaves the folder as it was; after an error
  /// of the disk, what has been written stays for the caller to remove.
  ///
  /// - Parameters:
  ///   - directory: an empty folder; it stays open.
  ///   - durably: whether files and folders are synced before this returns.
  package static func unpack(
    _ source: ArchiveSource, into directory: FileDescriptor, limits: ArchiveLimits = .standard, durably: Bool = false
  ) throws(ArchiveError) -> FileManifest {
    let inspected = try ArchiveInspector.inspect(source, limits: limits)
    return try unpack(source, inspected: inspected, into: directory, limits: limits, durably: durably)
  }

  /// As above, for an archive that the caller has just inspected.
  package static func unpack(
    _ source: ArchiveSource, inspected: InspectedArchive, into directory: FileDescriptor,
    limits: ArchiveLimits = .standard, durably: Bool = false
  ) throws(ArchiveError) -> FileManifest {
    var writer = try TreeWriter(directory, durably: durably)
    try ArchiveWalk.walk(source, limits: limits.withoutDuration, visitor: &writer)
    let manifest = try writer.finish()
    guard manifest.treeDigest == inspected.treeDigest else {
      throw .refused(.parsersDisagree, "the archive changed while it was unpacked")
    }
    return manifest
  }
}
