import RegistryStore

/// What a reader of a task is given.
enum TaskReading: Sendable, Hashable {
  case event(TaskEvent)
  /// Nothing happened for a while.
  case keepalive
  /// What came before that number is gone, or never was what the reader knows.
  case reset(first: Int)
}

/// The events of a task from a number on: those in the log, then those that come.
///
/// Ends after the ending of the task, or without one when the server stops; the reader resumes at the number of the
/// last event. Holds one page at the most, however slowly it is read.
struct TaskEvents: AsyncSequence, Sendable {
  typealias Element = TaskReading

  let requestID: String
  let after: Int
  let tasks: TaskLog
  let feed: TaskFeed

  func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(requestID: requestID, last: after, tasks: tasks, feed: feed, wakes: feed.join(requestID))
  }

  struct AsyncIterator: AsyncIteratorProtocol {
    private static let pageEvents = 256
    private static let pageBytes = 256 << 10

    private let requestID: String
    private let tasks: TaskLog
    private let feed: TaskFeed
    private var last: Int
    private var wakes: AsyncStream<Void>.AsyncIterator
    private var page: ArraySlice<TaskEvent> = []
    private var hasEnded = false
    private var hasAsked = false

    fileprivate init(requestID: String, last: Int, tasks: TaskLog, feed: TaskFeed, wakes: AsyncStream<Void>) {
      self.requestID = requestID
      self.tasks = tasks
      self.feed = feed
      self.last = last
      self.wakes = wakes.makeAsyncIterator()
    }

    mutating func next() async throws -> TaskReading? {
      var wakesInVain = 0
      while true {
        if let event = page.popFirst() {
          last = event.sequence
          hasEnded = event.isEnding
          return .event(event)
        }
        if hasEnded { return nil }
        if let reset = try await turnPage() { return reset }
        if !page.isEmpty { continue }
        if hasEnded { return nil }
        if wakesInVain > 0 { return .keepalive }
        guard await wakes.next() != nil else { return nil }
        wakesInVain += 1
      }
    }

    private mutating func turnPage() async throws -> TaskReading? {
      if hasAsked, let events = feed.events(of: requestID, after: last), !events.isEmpty {
        page = events[...]
        return nil
      }
      let found = try await tasks.events(
        of: requestID, after: last, limit: Self.pageEvents, bytes: Self.pageBytes)
      hasAsked = true
      page = found.events[...]
      // A position that the log has not reached is that of another log, such as one that was put back from a copy.
      let isBeyond = last > found.lastSequence
      hasEnded = found.events.isEmpty && found.isEnded && !isBeyond
      guard isBeyond || found.firstAvailable > last + 1 else { return nil }
      last = found.firstAvailable - 1
      return .reset(first: found.firstAvailable)
    }
  }
}
