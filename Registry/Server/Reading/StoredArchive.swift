import RegistryStore
import SkillArchive
import Skills

/// An archive that was published: whatever is wrong with it now is damage, and nobody's mistake.
package struct StoredArchive: Sendable {
  private let digest: Digest
  private let blobs: BlobStore
  private let limits: ArchiveLimits

  package init(_ digest: Digest, in blobs: BlobStore, limits: ArchiveLimits = .standard) {
    self.digest = digest
    self.blobs = blobs
    self.limits = limits
  }

  /// The list of its files, from its own bytes.
  package func manifest() throws(StoreFailure) -> FileManifest {
    try reading { source, limits throws(ArchiveError) in
      try ArchiveInspector.inspect(source, limits: limits).manifest
    }
  }

  /// One file of it, read no further than to that file's end.
  ///
  /// - Throws: `.corrupt` when the file is not there or not the one that `entry` names.
  func contents(of entry: FileManifest.Entry) throws(StoreFailure) -> [UInt8] {
    let bytes = try reading { source, limits throws(ArchiveError) in
      var visitor = FileVisitor(path: entry.path)
      do throws(ArchiveError) {
        try ArchiveWalk.walk(source, limits: limits, visitor: &visitor)
      } catch {
        guard visitor.isComplete else { throw error }
      }
      return visitor.bytes
    }
    guard Digest(of: bytes) == entry.digest else { throw .corrupt("blob \(digest)") }
    return bytes
  }

  /// The same files as a zip.
  func zip() throws(StoreFailure) -> [UInt8] {
    guard try blobs.open(digest).isIntact() else { throw .corrupt("blob \(digest)") }
    return try reading { source, limits throws(ArchiveError) in try ZipWriter.zip(source, limits: limits) }
  }

  private func reading<Value>(
    _ work: (ArchiveSource, ArchiveLimits) throws(ArchiveError) -> Value
  ) throws(StoreFailure) -> Value {
    // It was in time when it was published; that this machine is busy now says nothing of the archive.
    var limits = limits
    limits.duration = nil
    do {
      return try work(.file(blobs.path(of: digest)), limits)
    } catch {
      switch error {
      case .refused, .library: throw .corrupt("blob \(digest): \(error)")
      case .file: throw .inaccessible("blob \(digest): \(error)")
      }
    }
  }
}

/// Keeps the content of one file, and ends the walk behind it in the one way there is: by an error.
private struct FileVisitor: EntryVisitor {
  let path: SkillPath
  private(set) var bytes: [UInt8] = []
  private(set) var isComplete = false
  private var isInside = false

  init(path: SkillPath) {
    self.path = path
  }

  mutating func begin(_ file: IncomingFile) {
    isInside = file.path == path
    if isInside { bytes.reserveCapacity(file.size) }
  }

  mutating func content(_ piece: UnsafeRawBufferPointer) {
    if isInside { bytes.append(contentsOf: piece) }
  }

  mutating func end(_ entry: FileManifest.Entry) throws(ArchiveError) {
    guard isInside else { return }
    isComplete = true
    throw .library("nothing more is wanted")
  }
}
