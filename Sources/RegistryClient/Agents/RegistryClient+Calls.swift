import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// Bytes of what an agent has answered, as one text.
  private static let answerLimit = 64 << 20
  /// Seconds without a byte after which a stream is lost; the registry sends something four times a minute.
  private static let stallSeconds = 60

  /// Gives an agent a task that goes on whether or not anybody waits for it.
  ///
  /// - Parameters:
  ///   - key: Names this task among ours: what is sent twice is one task.
  ///   - caller: The agent that asks, when one does.
  package func submit(
    _ call: CallRequest, to agent: String, key: String, as caller: String? = nil
  ) async throws -> TaskSubmission {
    var request = try makeRequest(.post, Route.agentCall.path([agent]), call)
    request.headers["X-Caller-Agent-Id"] = caller
    return try await submit(request, key: key)
  }

  /// Says something to an agent; as above.
  package func submit(_ chat: ChatRequest, to agent: String, key: String) async throws -> TaskSubmission {
    var request = try makeRequest(.post, Route.agentChat.path([agent]), chat)
    request.headers["X-Session-Key"] = chat.sessionKey
    return try await submit(request, key: key)
  }

  private func submit(_ request: HTTPRequest, key: String) async throws -> TaskSubmission {
    var request = request
    request.headers["Idempotency-Key"] = key
    request.retries = .allMethods
    return try await decode(TaskSubmission.self, from: send(request))
  }

  /// How a task stands, with its result once it has one.
  package func status(ofTask id: String, of agent: String) async throws -> TaskStatus {
    var request = try makeRequest(.get, Route.taskStatus.path([agent, id]))
    request.responseLimit = Self.answerLimit
    return try await decode(TaskStatus.self, from: send(request))
  }

  /// What a task has said and says from now on; whoever was cut off goes on where they were.
  ///
  /// - Parameters:
  ///   - position: The last event that was seen; nil for all.
  ///   - duration: How long the stream may last.
  package func events(
    ofTask id: String, of agent: String, after position: String?, within duration: Duration
  ) async throws -> ServerSentEvents {
    var request = try makeRequest(.get, Route.taskEvents.path([agent, id]))
    request.headers["Last-Event-ID"] = position
    request.timeouts.total = duration
    request.timeouts.stall = .seconds(Self.stallSeconds)
    request.timeouts.minimumRate = 1
    request.retries = .never
    return try await events(request)
  }

  /// Asks an agent to leave a task.
  package func cancelTask(_ id: String, of agent: String) async throws {
    _ = try await send(makeRequest(.post, Route.taskCancellation.path([agent, id])))
  }

  /// - Parameter rating: 1 to 5; takes the place of an earlier one.
  package func rate(_ agent: String, call: String, _ rating: Int) async throws {
    let body = RatingRequest(callId: call, rating: rating)
    _ = try await send(makeRequest(.post, Route.agentRating.path([agent]), body))
  }

  /// - Parameter period: `day`, `week` or `month`.
  package func statistics(of agent: String, period: String) async throws -> AgentStatistics {
    try await get(AgentStatistics.self, Route.agentStatistics.path([agent]) + "?period=\(period)")
  }

  /// Our conversations with an agent, the newest first.
  package func conversations(with agent: String) async throws -> [OwnConversations.Conversation] {
    try await get(OwnConversations.self, Route.agentConversations.path([agent])).sessions
  }
}
