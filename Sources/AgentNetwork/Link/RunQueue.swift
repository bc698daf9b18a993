import BridgeProtocol

/// Which requests are worked on, and which wait: one at a time for each conversation, in the order of their arrival.
package struct RunQueue: Sendable {
  package struct Limits: Sendable {
    /// Requests that are worked on at once.
    package var active: Int
    /// Requests that wait.
    package var waiting: Int
    /// How long one waits.
    package var wait: Duration

    package init(active: Int = 10, waiting: Int = 1_000, wait: Duration = .seconds(600)) {
      self.active = active
      self.waiting = waiting
      self.wait = wait
    }
  }

  private struct Waiting {
    let message: RequestMessage
    let deadline: Duration
  }

  private let limits: Limits
  /// Conversations by request.
  private var active: [String: String] = [:]
  private var waiting: [Waiting] = []

  package init(_ limits: Limits = Limits()) { self.limits = limits }

  /// When the next one has waited for too long.
  package var deadline: Duration? { waiting.first?.deadline }

  /// Takes a request; false when too many wait already.
  package mutating func add(_ message: RequestMessage, at now: Duration) -> Bool {
    guard waiting.count < limits.waiting else { return false }
    waiting.append(Waiting(message: message, deadline: now + limits.wait))
    return true
  }

  /// The requests to begin with now; each counts until `finish`.
  package mutating func next() -> [RequestMessage] {
    var busy = Set(active.values)
    var started: [RequestMessage] = []
    var rest: [Waiting] = []
    for entry in waiting {
      let message = entry.message
      if active.count < limits.active, busy.insert(message.sessionId).inserted {
        active[message.requestId] = message.sessionId
        started.append(message)
      } else {
        // What comes later in the same conversation waits behind it.
        busy.insert(message.sessionId)
        rest.append(entry)
      }
    }
    waiting = rest
    return started
  }

  package mutating func finish(_ requestId: String) { active[requestId] = nil }

  /// Takes out a request that waits; nil when none of that name does.
  package mutating func withdraw(_ requestId: String) -> RequestMessage? {
    waiting.firstIndex { $0.message.requestId == requestId }.map { waiting.remove(at: $0).message }
  }

  /// Takes out those that have waited for too long.
  package mutating func expired(at now: Duration) -> [RequestMessage] {
    let late = waiting.prefix { $0.deadline <= now }.map(\.message)
    waiting.removeFirst(late.count)
    return late
  }
}
