import RegistryStore
import SkillArchive
import Skills

/// Receives what is published, judges it and makes it durable, each on the threads for that kind of work.
struct Uploads: Sendable {
  let limits: ArchiveLimits
  private let store: RegistryStore
  private let threads: WorkThreads

  init(store: RegistryStore, threads: WorkThreads, limits: ArchiveLimits) {
    self.store = store
    self.threads = threads
    self.limits = limits
  }

  /// Appends to an upload, or to a new one for nil, and returns it.
  func append(_ bytes: ArraySlice<UInt8>, to begun: BlobUpload?) async throws -> BlobUpload {
    try await threads.writing.runIfActive {
      let upload = try begun ?? store.blobs.newUpload()
      try upload.append(bytes)
      return upload
    }
  }

  func judge(_ form: PublishRequest, author: AuthorName, for client: Client) async throws -> PublishVerdict {
    try await threads.packing.run(for: client) { try PublishVerdict.judge(form, author: author, limits: limits) }
  }

  /// Makes an archive durable.
  ///
  /// - Parameter existing: The version with this very content, if there is one: nothing is stored again.
  func store(_ verdict: PublishVerdict, unless existing: VersionRecord?) async throws -> PublishVerdict.Stored {
    if let existing { return verdict.stored(existing.archiveDigest, size: existing.archiveSize, nil) }
    let upload = try await upload(of: verdict)
    let blob = try await store.blobs.holdTogether(upload)
    return verdict.stored(blob.digest, size: upload.size, blob)
  }

  private func upload(of verdict: PublishVerdict) async throws -> BlobUpload {
    switch verdict.archive {
    case .asUploaded(let upload): upload
    case .repacked(let packed): try await append(packed.bytes[...], to: nil)
    }
  }

  /// Removes an archive that the catalog refused.
  func discard(_ stored: PublishVerdict.Stored) async throws {
    if let blob = stored.blob { try await store.discard(blob) }
  }
}
