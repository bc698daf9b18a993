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

  /// The same files as a zip.
  func zip() throws(StoreFailure) -> [UInt8] {
    guard try blobs.open(digest).isIntact() else { throw .corrupt("blob \(digest)") }
    return try reading { source, limits throws(ArchiveError) in try ZipWriter.zip(source, limits: limits) }
  }

  /// The bytes of every file, all in memory.
  func contents() throws(StoreFailure) -> SkillArchive.ArchiveContents {
    try reading { source, limits throws(ArchiveError) in try SkillArchive.ArchiveContents(source, limits: limits) }
  }

  private func reading<Value>(
    _ work: (ArchiveSource, ArchiveLimits) throws(ArchiveError) -> Value
  ) throws(StoreFailure) -> Value {
    do {
      return try work(.file(blobs.path(of: digest)), limits.withoutDuration)
    } catch {
      throw Self.failure(error, digest)
    }
  }

  /// What an archive error means of one that was published.
  static func failure(_ error: ArchiveError, _ digest: Digest) -> StoreFailure {
    switch error {
    case .refused, .library: .corrupt("blob \(digest): \(error)")
    case .file: .inaccessible("blob \(digest): \(error)")
    }
  }
}
