import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills
import TransportErrors

/// Reads the log of a task over one connection after the other.
struct TaskReader {
  let task: AgentTask
  let client: RegistryClient
  /// The position of the last chunk that was reported.
  private var reported = 0
  /// The position before that one, from which on a lost stream is asked for again: what follows the last chunk may have
  /// the same position.
  private var settled = 0

  init(task: AgentTask, client: RegistryClient) {
    self.task = task
    self.client = client
  }

  /// Reports what comes over one connection.
  ///
  /// - Returns: The event with which the task ended.
  /// - Throws: `ReadingInterrupted` for what may be better a moment later; else why the task or the reading has failed.
  mutating func read(
    until deadline: AgentClient.Deadline, report: (CallEvent) throws -> Void
  ) async throws -> CallEvent {
    let start = reported
    let events: ServerSentEvents
    do {
      let remaining = ContinuousClock.now.duration(to: deadline)
      guard remaining > .zero else { throw AgentClient.timeout(of: task) }
      events = try await client.events(
        ofTask: task.requestId, of: task.agentId, after: settled > 0 ? "\(settled)" : nil, within: remaining)
    } catch let error as MeshError where error.isPassing && ContinuousClock.now < deadline {
      throw ReadingInterrupted(reason: error, hasAdvanced: false)
    }
    var iterator = events.makeAsyncIterator()
    while let event = try await next(&iterator, since: start, until: deadline) {
      guard let call = Self.decode(event) else { continue }
      if let ending = try take(call, at: event.id, since: start, report) { return ending }
    }
    throw ReadingInterrupted(reason: Self.ended, hasAdvanced: reported > start)
  }

  private func next(
    _ iterator: inout ServerSentEvents.Iterator, since start: Int, until deadline: AgentClient.Deadline
  ) async throws -> ServerSentEvent? {
    do throws(TransportError) {
      return try await iterator.next(isolation: nil)
    } catch {
      let failure = error.meshError
      guard failure.isPassing else { throw failure }
      guard ContinuousClock.now < deadline else { throw AgentClient.timeout(of: task) }
      throw ReadingInterrupted(reason: failure, hasAdvanced: reported > start)
    }
  }

  /// - Returns: The event when it is the last one.
  private mutating func take(
    _ event: CallEvent, at id: String, since start: Int, _ report: (CallEvent) throws -> Void
  ) throws -> CallEvent? {
    switch event.type {
    case .start: return nil
    case .keepalive: try report(event)
    case .chunk:
      let number = Int(id)
      // It was there before the connection was lost.
      if let number, number <= start { return nil }
      try report(event)
      if let number, number > reported { (settled, reported) = (reported, number) }
    case .done:
      try report(event)
      return event
    case .error where event.code == Self.slowReader: throw ReadingInterrupted(reason: Self.tooSlow, hasAdvanced: true)
    case .error: throw MeshError(taskCode: event.code, message: event.message)
    case .reset: try checkNothingIsLost(event)
    }
    return nil
  }

  private static let ended = MeshError(.unavailable, "the registry ended the stream")
  /// What the registry says when it has ended the stream of a reader that is behind.
  private static let slowReader = "slow_consumer"
  private static let tooSlow = MeshError(.unavailable, "the registry ended a stream that was read too slowly")

  private func checkNothingIsLost(_ event: CallEvent) throws(MeshError) {
    guard let first = event.firstSeq, first > reported + 1 else { return }
    throw MeshError(.gone, "the registry no longer keeps the whole answer of the task \(task.requestId)")
  }

  /// Nil for what a newer registry may send beside it.
  private static func decode(_ event: ServerSentEvent) -> CallEvent? {
    try? WireCoding.decode(CallEvent.self, from: event.data.utf8)
  }
}

/// The connection was lost, and the task goes on.
struct ReadingInterrupted: Error {
  let reason: MeshError
  /// Whether anything new had come over it.
  let hasAdvanced: Bool
}
