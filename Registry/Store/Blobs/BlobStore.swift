import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Immutable bytes in files named by their SHA-256: `<folder>/sha256/ab/ab12…`.
///
/// A blob is complete and durable before it has its name: it is written elsewhere, synced, renamed, and its folder
/// synced. All calls block; callers run them off the cooperative threads.
package struct BlobStore: Sendable {
  private let folder: FilePath
  private let uploads: FilePath
  private let suspension: Suspension
  private let names = NameTurns()
  private let groups = DurableFolders()

  /// Creates the folders where they are missing.
  package init(folder: FilePath, uploads: FilePath) throws(StoreFailure) {
    try self.init(folder: folder, uploads: uploads, suspension: Suspension())
  }

  init(folder: FilePath, uploads: FilePath, suspension: Suspension) throws(StoreFailure) {
    self.suspension = suspension
    self.folder = folder.appending("sha256")
    self.uploads = uploads
    for path in [folder, self.folder, uploads] { try Disk.makeFolder(path) }
  }

  /// An empty file that is not a blob yet.
  package func newUpload() throws(StoreFailure) -> BlobUpload {
    try suspension.check()
    return try BlobUpload(in: uploads)
  }

  /// Makes what was uploaded a blob.
  ///
  /// Storing the same bytes again is no error.
  package func keep(_ upload: BlobUpload) throws(StoreFailure) -> Digest {
    try hold(upload).digest
  }

  /// As `keep(_:)`, and nobody discards the blob while the result lives.
  package func hold(_ upload: BlobUpload) throws(StoreFailure) -> HeldBlob {
    try suspension.check()
    return try suspension.guarding { () throws(StoreFailure) in
      let held = HeldBlob(try upload.seal(), in: names)
      let place = path(of: held.digest)
      let parent = place.removingLastComponent()
      try groups.make(parent)
      try names.take { () throws(StoreFailure) in try Disk.rename(upload.path, to: place) }
      upload.wasKept()
      try Disk.syncFolder(parent)
      return held
    }
  }

  /// Stores bytes that are in memory.
  package func keep(_ bytes: [UInt8]) throws(StoreFailure) -> Digest {
    try hold(bytes).digest
  }

  /// As `keep(_:)`, and nobody discards the blob while the result lives.
  package func hold(_ bytes: [UInt8]) throws(StoreFailure) -> HeldBlob {
    let upload = try newUpload()
    try upload.append(bytes)
    return try hold(upload)
  }

  package func path(of digest: Digest) -> FilePath {
    let name = digest.hexadecimal
    return folder.appending(String(name.prefix(2))).appending(name)
  }

  /// Opens a blob for reading; its digest is checked by whoever reads it to the end.
  package func open(_ digest: Digest) throws(StoreFailure) -> BlobReader {
    try BlobReader.open(path(of: digest), digest: digest)
  }

  /// Removes uploads that a stopped process left behind.
  ///
  /// Call it before any upload begins.
  package func sweepUploads() throws(StoreFailure) {
    for name in try Disk.names(in: uploads) { try Disk.remove(uploads.appending(name)) }
  }

  /// Every digest that has a file.
  package func digests() throws(StoreFailure) -> [Digest] {
    var found: [Digest] = []
    for group in try Disk.names(in: folder) {
      found += try Disk.names(in: folder.appending(group)).compactMap { Digest($0) }
    }
    return found
  }

  /// Removes a blob that nothing refers to and that was stored before `limit` (seconds since 1970).
  package func collect(_ digest: Digest, storedBefore limit: Int) throws(StoreFailure) -> Bool {
    try names.take(heldByAtMost: 0, digest) { () throws(StoreFailure) in
      try removeIfOld(digest, storedBefore: limit)
    } ?? false
  }

  /// Removes a blob that nothing refers to, unless somebody else holds it, too.
  func discard(_ blob: HeldBlob) throws(StoreFailure) -> Bool {
    try suspension.check()
    return try names.take(heldByAtMost: 1, blob.digest) { () throws(StoreFailure) in
      try Disk.remove(path(of: blob.digest))
      return true
    } ?? false
  }

  private func removeIfOld(_ digest: Digest, storedBefore limit: Int) throws(StoreFailure) -> Bool {
    var information = stat()
    guard stat(path(of: digest).string, &information) == 0 else { return false }
    #if canImport(Glibc)
      let stored = information.st_mtim.tv_sec
    #else
      let stored = information.st_mtimespec.tv_sec
    #endif
    guard stored < limit else { return false }
    try Disk.remove(path(of: digest))
    return true
  }
}
