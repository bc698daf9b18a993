/// Tasks that wait, first come, first served, each with what it brought.
struct WaiterQueue<Item: Sendable, Success: Sendable>: Sendable {
  typealias Continuation = CheckedContinuation<Result<Success, TransportError>, Never>

  /// Names a waiter.
  final class ID: Sendable {}

  private var waiters: [(id: ID, item: Item, continuation: Continuation)] = []

  /// What the first one brought.
  var first: Item? { waiters.first?.item }

  mutating func append(_ id: ID, _ item: Item, _ continuation: Continuation) {
    waiters.append((id, item, continuation))
  }

  mutating func popFirst() -> Continuation? {
    waiters.isEmpty ? nil : waiters.removeFirst().continuation
  }

  /// Nil when it has been served.
  mutating func remove(_ id: ID) -> Continuation? {
    waiters.firstIndex { $0.id === id }.map { waiters.remove(at: $0).continuation }
  }

  mutating func removeAll() -> [Continuation] {
    defer { waiters = [] }
    return waiters.map(\.continuation)
  }
}
