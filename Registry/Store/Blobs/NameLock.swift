import Skills
import Synchronization

/// Lets blobs get and lose their names one at a time, and knows who is about to refer to which of them.
///
/// So a blob that is stored again just now is not taken for an abandoned one of its name.
final class NameLock: Sendable {
  private let holders = Mutex<[Digest: Int]>([:])

  func retain(_ digest: Digest) {
    holders.withLock { $0[digest, default: 0] += 1 }
  }

  func release(_ digest: Digest) {
    holders.withLock { holders in
      let rest = (holders[digest] ?? 0) - 1
      holders[digest] = rest > 0 ? rest : nil
    }
  }

  func withLock<Value: Sendable>(_ body: () throws(StoreFailure) -> Value) throws(StoreFailure) -> Value {
    try holders.withLock { _ throws(StoreFailure) in try body() }
  }

  /// As `withLock(_:)`, but only while at most `limit` hold `digest`; nil otherwise.
  func withLock<Value: Sendable>(
    heldByAtMost limit: Int, _ digest: Digest, _ body: () throws(StoreFailure) -> Value
  ) throws(StoreFailure) -> Value? {
    try holders.withLock { holders throws(StoreFailure) in
      holders[digest, default: 0] <= limit ? try body() : nil
    }
  }
}
