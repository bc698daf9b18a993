import Logging
import NIOCore
import RegistryStore
import SkillArchive
import Skills

/// Archives of versions in both forms: the canonical tar.gz, and the zip for older clients.
struct ArchiveContents: Sendable {
  let blobs: BlobStore
  let cache: BlobCache
  let catalog: CachedCatalog
  let threads: WorkThreads
  let limits: ArchiveLimits
  /// The zips that were built or asked for since the server began, by their archives.
  private let zips = BoundedCache<Digest, Archive>(limit: 1 << 12) { _ in 1 }
  /// However many ask for a zip at once, it is built for one of them.
  private let building = KeyLock<Digest>()

  /// A blob, or bytes that could not be kept as one.
  struct Archive: Sendable {
    var digest: Digest
    var size: Int
    /// Nil for a blob in the store.
    var bytes: ByteBuffer?
  }

  /// The zip of a version, built once from the canonical archive and then kept.
  ///
  /// A registry that cannot write builds it every time: reading goes on.
  func zip(
    of record: VersionRecord, in skill: SkillRecord, for client: Client, _ logger: Logger
  ) async throws -> Archive {
    if let digest = record.zipDigest {
      if let known = zips[record.archiveDigest], known.digest == digest { return known }
      let zip = Archive(digest: digest, size: try await cache.size(of: digest))
      zips.insert(zip, for: record.archiveDigest)
      return zip
    }
    return try await building.withLock(record.archiveDigest) {
      if let zip = zips[record.archiveDigest] { return zip }
      return try await build(record, in: skill, for: client, logger)
    }
  }

  private func build(
    _ record: VersionRecord, in skill: SkillRecord, for client: Client, _ logger: Logger
  ) async throws -> Archive {
    let archive = StoredArchive(record.archiveDigest, in: blobs, limits: limits)
    let zip = try await threads.packing.run(for: client) {
      try keep(archive.zip(), of: record.archiveDigest, logger)
    }
    guard zip.bytes == nil else { return zip }
    do {
      try await catalog.recordZip(zip.digest, of: record, in: skill)
    } catch let failure as StoreFailure {
      zips.remove(record.archiveDigest)
      logger.error("a zip could not be entered", metadata: ["error": "\(failure)"])
    }
    return zip
  }

  private func keep(_ bytes: [UInt8], of archive: Digest, _ logger: Logger) -> Archive {
    do {
      let kept = Archive(digest: try blobs.keep(bytes), size: bytes.count)
      zips.insert(kept, for: archive)
      return kept
    } catch {
      logger.error("a zip could not be kept", metadata: ["error": "\(error)"])
      return Archive(digest: Digest(of: bytes), size: bytes.count, bytes: ByteBuffer(bytes: bytes))
    }
  }
}
