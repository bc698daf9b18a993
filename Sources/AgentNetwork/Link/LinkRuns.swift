import BridgeProtocol

/// The requests of a link that wait or are worked on, and what stops each of the latter.
struct LinkRuns {
  private var queue: RunQueue
  /// What ends each run, by request.
  private var stops: [String: AsyncStream<Void>.Continuation] = [:]

  init(_ limits: RunQueue.Limits) { queue = RunQueue(limits) }

  /// Whether none is worked on.
  var isEmpty: Bool { stops.isEmpty }

  /// When the next one has waited for too long.
  var deadline: Duration? { queue.deadline }

  /// Takes a request; false when too many wait already.
  mutating func add(_ message: RequestMessage, at now: Duration) -> Bool { queue.add(message, at: now) }

  /// Takes out those that have waited for too long.
  mutating func expired(at now: Duration) -> [RequestMessage] { queue.expired(at: now) }

  /// The requests to begin with now, each with a stream that ends when it has to stop; each counts until `finish`.
  mutating func next() -> [(message: RequestMessage, stopped: AsyncStream<Void>)] {
    var started: [(message: RequestMessage, stopped: AsyncStream<Void>)] = []
    for message in queue.next() {
      let (stopped, continuation) = AsyncStream<Void>.makeStream()
      stops[message.requestId] = continuation
      started.append((message, stopped))
    }
    return started
  }

  mutating func finish(_ requestId: String) {
    stops[requestId] = nil
    queue.finish(requestId)
  }

  /// Takes out a request that waits, or stops one that is worked on.
  mutating func cancel(_ requestId: String) {
    if queue.withdraw(requestId) == nil { stop(requestId) }
  }

  func stop(_ requestId: String) { stops[requestId]?.finish() }

  func stopAll() {
    for stop in stops.values { stop.finish() }
  }
}
