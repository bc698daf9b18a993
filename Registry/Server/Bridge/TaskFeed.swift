import RegistryStore
import Synchronization

/// Wakes the readers of tasks, and has for them what was committed last, so that few ask the log.
final class TaskFeed: Sendable {
  fileprivate struct Reader {
    let wake: AsyncStream<Void>.Continuation
    var lastWake: ContinuousClock.Instant
  }

  fileprivate struct Topic {
    var tail: [TaskEvent] = []
    var tailBytes = 0
    var readers: [UInt64: Reader] = [:]
  }

  private struct State {
    var topics: [String: Topic] = [:]
    var nextReader: UInt64 = 0
    var isClosed = false
  }

  /// After so long without an event a reader is told that there is none.
  static let keepalive = Duration.seconds(15)
  fileprivate static let tailEvents = 256
  fileprivate static let tailBytes = 128 << 10

  private let state = Mutex(State())

  /// What wakes a reader of a task, until it lets go of it or the server stops.
  func join(_ requestID: String) -> AsyncStream<Void> {
    let (stream, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id = state.withLock { state -> UInt64? in
      guard !state.isClosed else { return nil }
      state.nextReader += 1
      state.topics[requestID, default: Topic()].readers[state.nextReader] = Reader(wake: wake, lastWake: .now)
      return state.nextReader
    }
    guard let id else {
      wake.finish()
      return stream
    }
    wake.onTermination = { [weak self] _ in self?.leave(requestID, id) }
    return stream
  }

  private func leave(_ requestID: String, _ id: UInt64) {
    state.withLock { state in
      state.topics[requestID]?.readers[id] = nil
      if state.topics[requestID]?.readers.isEmpty == true { state.topics[requestID] = nil }
    }
  }

  /// Events that were just committed, those of each task in their order.
  func publish(_ events: [TaskEvent]) {
    let woken = state.withLock { state in
      var woken: [AsyncStream<Void>.Continuation] = []
      var seen: Set<String> = []
      for event in events {
        guard var topic = state.topics.removeValue(forKey: event.requestID) else { continue }
        topic.append(event)
        if seen.insert(event.requestID).inserted { woken += topic.wake() }
        state.topics[event.requestID] = topic
      }
      return woken
    }
    for wake in woken { wake.yield() }
  }

  /// What follows a number, as far as it is here: nil when the log has to be asked.
  func events(of requestID: String, after: Int) -> [TaskEvent]? {
    state.withLock { state in
      guard let tail = state.topics[requestID]?.tail, let first = tail.first, first.sequence <= after + 1 else {
        return nil
      }
      return Array(tail.dropFirst(after + 1 - first.sequence))
    }
  }

  /// Wakes those who have seen nothing for long; to be called every second.
  func tick() {
    let now = ContinuousClock.now
    let woken = state.withLock { state in
      var woken: [AsyncStream<Void>.Continuation] = []
      for (requestID, topic) in state.topics {
        for (id, reader) in topic.readers where now - reader.lastWake >= Self.keepalive {
          state.topics[requestID]?.readers[id]?.lastWake = now
          woken.append(reader.wake)
        }
      }
      return woken
    }
    for wake in woken { wake.yield() }
  }

  /// Ends every reader, and those that come later, without an ending of its task.
  func close() {
    let all = state.withLock { state in
      state.isClosed = true
      return state.topics.values.flatMap { $0.readers.values.map(\.wake) }
    }
    for wake in all { wake.finish() }
  }
}

extension TaskFeed.Topic {
  fileprivate mutating func append(_ event: TaskEvent) {
    if let last = tail.last, event.sequence != last.sequence + 1 {
      tail = []
      tailBytes = 0
    }
    tail.append(event)
    tailBytes += event.body.utf8.count
    var surplus = 0
    while tail.count - surplus > TaskFeed.tailEvents || tailBytes > TaskFeed.tailBytes, surplus < tail.count {
      tailBytes -= tail[surplus].body.utf8.count
      surplus += 1
    }
    tail.removeFirst(surplus)
  }

  fileprivate mutating func wake() -> [AsyncStream<Void>.Continuation] {
    for id in readers.keys { readers[id]?.lastWake = .now }
    return readers.values.map(\.wake)
  }
}
