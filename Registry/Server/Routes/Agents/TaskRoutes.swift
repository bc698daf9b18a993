import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// What became of requests: for whoever made them, and for the owner of the agent.
struct TaskRoutes: Sendable {
  let services: RegistryServices

  private static let listedConversations = 100

  func status(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    try await services.status(of: task(call, called), for: call)
  }

  /// Goes on behind `Last-Event-ID`, as often as somebody comes back for it.
  ///
  /// - Parameter start: The position for whoever comes without one.
  func stream(_ call: Call, _ called: CalledAgent, after start: Int) async throws -> Reply {
    let task = try await task(call, called)
    let after = try Self.position(call) ?? start
    return .stream(
      services.bridge.events(of: task.requestID, after: after), as: CallEventRenderer(task, after: after),
      holding: try call.reserveEvents(), headers: [.callID: task.callID, .sessionKey: task.sessionKey])
  }

  func events(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    try await stream(call, called, after: 0)
  }

  func cancel(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    let task = try await task(call, called)
    try await services.bridge.cancel(task.requestID)
    return try .json(Confirmation("the agent is asked to stop"))
  }

  func conversations(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    let conversations = try await services.tasks.conversations(
      of: called.account.rawValue, with: called.agent.id.rawValue, limit: Self.listedConversations)
    return try .json(OwnConversations(sessions: conversations.map(OwnConversations.Conversation.init)))
  }

  /// - Throws: `notFound` for a call that somebody else made; `forbidden` for one's own agent.
  func rate(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    let request = try call.json(RatingRequest.self)
    guard (1...5).contains(request.rating) else {
      throw MeshError(.validationError, "a rating is a number from 1 to 5")
    }
    guard let task = try await services.tasks.task(callID: request.callId),
      task.agent == called.agent.id.rawValue, task.callerAccount == called.account.rawValue
    else {
      throw MeshError(.notFound, "you have made no call \(request.callId, limit: 80) of this agent")
    }
    guard !called.isOwner else {
      throw MeshError(.forbidden, "the agent is yours, and others rate it")
    }
    guard task.state == .completed || task.state == .failed else {
      throw MeshError(.conflict, "the call has not ended", hint: "Rate it when it has.")
    }
    try await services.agents.rate(
      called.agent.id, call: task.callID, by: called.account, rating: request.rating, at: services.now())
    return try .json(Confirmation("the call is rated \(request.rating)"))
  }

  /// - Throws: `notFound`, as for one that never was, for those whose task it is not.
  func task(_ call: Call, _ called: CalledAgent) async throws -> TaskRecord {
    let id = try call.part("request_id")
    guard let task = try await services.tasks.task(id), task.agent == called.agent.id.rawValue,
      task.callerAccount == called.account.rawValue || called.isOwner
    else { throw MeshError.unknownTask(id) }
    return task
  }

  private static func position(_ call: Call) throws(MeshError) -> Int? {
    guard let text = call.request.headers[.lastEventID] else { return nil }
    guard let position = Int(text), position >= 0 else {
      throw MeshError(
        .invalidRequest, "Last-Event-ID is no position in a stream", hint: "Send the id of the last event, or nothing.")
    }
    return position
  }
}

extension RegistryServices {
  /// How a task stands, with its answer once there is all of it: that is in memory as a whole, so few are read at a time.
  func status(of task: TaskRecord, for call: Call) async throws -> Reply {
    guard task.state == .completed else { return try Reply.json(await TaskStatus.read(task, from: tasks)) }
    return try await answers.run(for: call.client) { try Reply.json(await TaskStatus.read(task, from: tasks)) }
  }
}

extension MeshError {
  static func unknownTask(_ id: String) -> MeshError {
    MeshError(.notFound, "there is no task \(id, limit: 80) of yours with this agent")
  }
}
