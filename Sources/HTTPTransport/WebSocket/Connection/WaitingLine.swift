/// Tasks that wait, first come, first served, each with what it brought.
struct WaitingLine<Item: Sendable, Success: Sendable>: Sendable {
  typealias Continuation = CheckedContinuation<Result<Success, TransportError>, Never>

  /// Names a place in the line.
  final class Ticket: Sendable {}

  private var places: [(ticket: Ticket, item: Item, continuation: Continuation)] = []

  /// What the first one brought.
  var first: Item? { places.first?.item }

  mutating func join(_ ticket: Ticket, _ item: Item, _ continuation: Continuation) {
    places.append((ticket, item, continuation))
  }

  mutating func popFirst() -> Continuation? {
    places.isEmpty ? nil : places.removeFirst().continuation
  }

  /// Nil when it has been served.
  mutating func leave(_ ticket: Ticket) -> Continuation? {
    places.firstIndex { $0.ticket === ticket }.map { places.remove(at: $0).continuation }
  }

  mutating func removeAll() -> [Continuation] {
    defer { places = [] }
    return places.map(\.continuation)
  }
}
