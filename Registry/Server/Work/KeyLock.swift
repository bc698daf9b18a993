import Synchronization

/// Lets one at a time work on a key, in the order of asking: whoever comes later finds what the first has left.
///
/// Waiting blocks no thread. It stands outside the turns and limits of clients: whoever waits has no open job yet, and
/// one client's waiters are not told from another's.
final class KeyLock<Key: Hashable & Sendable>: Sendable {
  private typealias Waiter = CheckedContinuation<Void, Never>

  /// Who waits for each key that is held.
  private let waiting = Mutex<[Key: [Waiter]]>([:])

  func withLock<Value: Sendable>(_ key: Key, _ work: () async throws -> Value) async throws -> Value {
    await acquire(key)
    defer { release(key) }
    return try await work()
  }

  private func acquire(_ key: Key) async {
    await withCheckedContinuation { (waiter: Waiter) in
      let isFree = waiting.withLock { waiting -> Bool in
        if waiting[key] == nil {
          waiting[key] = []
          return true
        }
        waiting[key]?.append(waiter)
        return false
      }
      if isFree { waiter.resume() }
    }
  }

  private func release(_ key: Key) {
    let next = waiting.withLock { waiting -> Waiter? in
      guard var waiters = waiting[key], !waiters.isEmpty else {
        waiting[key] = nil
        return nil
      }
      let next = waiters.removeFirst()
      waiting[key] = waiters
      return next
    }
    next?.resume()
  }
}
