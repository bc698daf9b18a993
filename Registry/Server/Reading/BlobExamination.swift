import RegistryStore
import Skills
import Synchronization

/// Reads a blob from end to end, in steps.
final class BlobExamination: Sendable {
  private struct State {
    var hasher = Digest.Hasher()
    var offset = 0
    /// Of the first step: a later one would vouch for bytes that were read before a change.
    var stamp: BlobStamp?
  }

  private static let stepSize = 1 << 20

  private let digest: Digest
  private let store: BlobStore
  private let state = Mutex(State())

  init(_ digest: Digest, in store: BlobStore) {
    self.digest = digest
    self.store = store
  }

  /// - Parameter known: The stamp under which the blob was found intact before.
  /// - Returns: The stamp under which it is intact.
  /// - Throws: `.corrupt`
  func step(known: BlobStamp?) throws -> WorkQueue.Progress<BlobStamp> {
    let reader = try store.open(digest)
    return try state.withLock { state in
      let stamp = state.stamp ?? reader.stamp
      state.stamp = stamp
      if stamp == known { return .finished(stamp) }
      let bytes = try reader.read(at: state.offset, count: min(Self.stepSize, reader.size - state.offset))
      state.hasher.update(bytes)
      state.offset += bytes.count
      if state.offset < reader.size, !bytes.isEmpty { return .unfinished }
      guard state.hasher.finalize() == digest else { throw StoreFailure.corrupt("blob \(digest)") }
      return .finished(stamp)
    }
  }
}
