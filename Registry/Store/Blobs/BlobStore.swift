import FileSystem
import Skills
import SystemPackage

/// Immutable bytes in files named by their SHA-256: `<folder>/sha256/ab/ab12…`.
///
/// A blob is complete and durable before it has its name: it is written elsewhere, synced, renamed, and its folder
/// synced. All calls block; callers run them off the cooperative threads.
package struct BlobStore: Sendable {
  private let folder: StoreDirectory
  private let uploads: StoreDirectory
  private let readOnlyMode: ReadOnlyMode
  private let names = NameLock()
  private let batch: BlobBatch
  private let batches: Batching<BlobBatch.Job>

  /// Creates the folders where they are missing.
  package init(folder: FilePath, uploads: FilePath) throws(StoreFailure) {
    try self.init(folder: folder, uploads: uploads, readOnlyMode: ReadOnlyMode())
  }

  init(folder: FilePath, uploads: FilePath, readOnlyMode: ReadOnlyMode) throws(StoreFailure) {
    self.readOnlyMode = readOnlyMode
    _ = try StoreDirectory.openDurable(folder)
    self.folder = try StoreDirectory.openDurable(folder.appending("sha256"))
    self.uploads = try StoreDirectory.openDurable(uploads)
    let batch = BlobBatch(in: self.folder, names: names, readOnlyMode: readOnlyMode)
    self.batch = batch
    // The files of one batch are synced while the folders of another are.
    batches = Batching(limit: 64, width: 2) { await batch.store($0) }
  }

  /// An empty file that is not a blob yet.
  package func newUpload() throws(StoreFailure) -> BlobUpload {
    try readOnlyMode.check()
    return try BlobUpload(in: uploads)
  }

  /// Makes what was uploaded a blob, sharing syncs with whatever is stored at the same moment; blocks no thread of the
  /// caller.
  ///
  /// Storing the same bytes again is no error. Nobody discards the blob while the result lives.
  package func holdTogether(_ upload: BlobUpload) async throws(StoreFailure) -> HeldBlob {
    let job = BlobBatch.Job(upload)
    await batches.join(job)
    return try job.result()
  }

  /// Stores bytes that are in memory.
  package func keep(_ bytes: [UInt8]) throws(StoreFailure) -> Digest {
    try hold(bytes).digest
  }

  /// As `keep(_:)`, and nobody discards the blob while the result lives.
  package func hold(_ bytes: [UInt8]) throws(StoreFailure) -> HeldBlob {
    let upload = try newUpload()
    try upload.append(bytes)
    let job = BlobBatch.Job(upload)
    batch.run([job])
    return try job.result()
  }

  package func path(of digest: Digest) -> FilePath {
    folder.path.appending(BlobBatch.group(of: digest)).appending(digest.hexadecimal)
  }

  /// Opens a blob for reading; its digest is checked by whoever reads it to the end.
  package func open(_ digest: Digest) throws(StoreFailure) -> BlobReader {
    try BlobReader.open(path(of: digest), digest: digest)
  }

  /// Removes uploads that a stopped process left behind.
  ///
  /// Call it before any upload begins.
  package func sweepUploads() throws(StoreFailure) {
    for name in try uploads.rawNames() { try uploads.removeFile(name) }
  }

  /// Every digest that has a file.
  package func digests() throws(StoreFailure) -> [Digest] {
    var found: [Digest] = []
    for group in try folder.names() {
      found += try folder.child(group).names().compactMap { Digest($0) }
    }
    return found
  }

  /// Removes a blob that nothing refers to and that was stored before `limit` (seconds since 1970).
  package func collect(_ digest: Digest, storedBefore limit: Int) throws(StoreFailure) -> Bool {
    try names.withLock(heldByAtMost: 0, digest) { () throws(StoreFailure) in
      guard try folder.statusIfPresent(of: BlobBatch.group(of: digest)) != nil else { return false }
      let group = try folder.child(BlobBatch.group(of: digest))
      guard let status = try group.statusIfPresent(of: digest.hexadecimal), status.modified.seconds < limit else {
        return false
      }
      try group.removeFile(digest.hexadecimal)
      return true
    } ?? false
  }

  /// Removes a blob that nothing refers to, unless somebody else holds it, too.
  func discard(_ blob: HeldBlob) throws(StoreFailure) -> Bool {
    try readOnlyMode.check()
    return try names.withLock(heldByAtMost: 1, blob.digest) { () throws(StoreFailure) in
      try folder.child(BlobBatch.group(of: blob.digest)).removeFile(blob.digest.hexadecimal)
      return true
    } ?? false
  }
}
