import Skills

/// A blob that somebody has just stored and is about to enter into the catalog.
///
/// Until the last reference to this is gone, the blob counts as in use.
package final class HeldBlob: Sendable {
  package let digest: Digest
  private let turns: NameTurns

  init(_ digest: Digest, in turns: NameTurns) {
    self.digest = digest
    self.turns = turns
    turns.hold(digest)
  }

  deinit {
    turns.letGo(digest)
  }
}
