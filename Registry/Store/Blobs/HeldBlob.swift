import Skills

/// A blob that somebody has just stored and is about to enter into the catalog.
///
/// Until the last reference to this is gone, the blob counts as in use.
package final class HeldBlob: Sendable {
  package let digest: Digest
  private let names: NameLock

  init(_ digest: Digest, in names: NameLock) {
    self.digest = digest
    self.names = names
    names.retain(digest)
  }

  deinit {
    names.release(digest)
  }
}
