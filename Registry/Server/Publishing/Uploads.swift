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

  func newUpload() async throws -> BlobUpload {
    let blobs = store.blobs
    return try await threads.writing.runIfActive { try blobs.newUpload() }
  }

  func append(_ bytes: ArraySlice<UInt8>, to upload: BlobUpload) async throws {
    try await threads.writing.runIfActive { try upload.append(bytes) }
  }

  func judge(_ form: PublishRequest, author: AuthorName, for client: Client) async throws -> PublishVerdict {
    let limits = limits
    return try await threads.packing.run(for: client) {
      try PublishVerdict.judge(form, author: author, limits: limits)
    }
  }

  /// Makes an archive durable.
  ///
  /// - Parameter existing: The version with this very content, if there is one: nothing is stored again.
  func store(_ verdict: PublishVerdict, unless existing: VersionRecord?) async throws -> PublishVerdict.Stored {
    if let existing { return verdict.stored(as: existing) }
    let upload = try await upload(of: verdict)
    return verdict.stored(as: try await store.blobs.holdTogether(upload), size: upload.size)
  }

  private func upload(of verdict: PublishVerdict) async throws -> BlobUpload {
    switch verdict.archive {
    case .asUploaded(let upload): return upload
    case .repacked(let packed):
      let upload = try await newUpload()
      try await append(packed.bytes[...], to: upload)
      return upload
    }
  }

  /// Removes an archive that the catalog refused.
  func discard(_ stored: PublishVerdict.Stored) async throws {
    if let blob = stored.blob { try await store.discard(blob) }
  }
}
