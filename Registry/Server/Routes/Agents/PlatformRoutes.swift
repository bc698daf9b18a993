import BridgeProtocol
import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// What a platform has relayed for its own people, whom it knows by itself (protocol version 2, sections 1, 5 and 6).
struct PlatformRoutes: Sendable {
  let services: RegistryServices

  /// A stream that is left cancels its request, as version 2 has it.
  func relay(_ call: Call, _ platform: PlatformCaller) async throws -> Reply {
    let request = try call.json(RelayRequest.self)
    try Self.check(clientID: request.clientId)
    let (isAsync, agent) = (request.mode == .async, try agent(request.agentId))
    if let url = request.callbackUrl {
      let owner = try await services.agents.ownerAccount(of: agent)
      try await services.demandCallback(url, isAsync: isAsync, of: owner)
    }
    let new = NewTask(
      requestID: request.requestId, callID: AgentRequest.newID(), agent: agent.rawValue,
      sessionKey: request.sessionId, callerAccount: nil, kind: .chat, isAsync: isAsync, content: request.content,
      callbackURL: request.callbackUrl, createdAt: services.now())
    let message = RequestMessage(
      sessionId: new.sessionKey, requestId: new.requestID, content: request.content,
      attachments: request.attachments ?? [], clientId: request.clientId, withFiles: request.withFiles)
    guard isAsync else { return try await stream(new, message, for: call) }
    let task = try await services.bridge.submit(new, message: message)
    return try .json(RelayAcceptance(requestId: task.requestID), status: .accepted)
  }

  func cancel(_ call: Call, _ platform: PlatformCaller) async throws -> Reply {
    let request = try call.json(RelayCancellation.self)
    let task = try await task(request.requestId, of: Self.id(request.agentId))
    guard task.sessionKey == request.sessionId else { throw MeshError.unknownTask(request.requestId) }
    try await services.bridge.cancel(task.requestID)
    return try .json(RelayCancelled(sessionId: task.sessionKey, requestId: task.requestID))
  }

  func disconnect(_ call: Call, _ platform: PlatformCaller) async throws -> Reply {
    let id = try Self.id(call.json(AgentDisconnection.self).agentId)
    return try .json(AgentDisconnected(wasOnline: await services.bridge.disconnect(id.rawValue)))
  }

  /// Of an agent that is everybody's to call.
  func call(_ call: Call, _ platform: PlatformCaller) async throws -> Reply {
    let request = try call.json(PlatformCall.self)
    let (caller, target) = (try Self.id(request.callerAgentId), try agent(request.targetAgentId))
    guard caller != target else { throw MeshError(.validationError, "an agent does not call itself") }
    guard let record = try await services.agents.agent(target, visibleTo: .stranger) else {
      throw MeshError.unknownAgent(target)
    }
    guard record.limits.allowA2A else {
      throw MeshError(.rateLimited, "\(record.author)/\(record.slug) takes no calls of other agents")
    }
    let id = AgentRequest.newID()
    let hops = try await services.bridge.hops(through: caller.rawValue)
    let new = NewTask(
      requestID: AgentRequest.newID(), callID: id, agent: target.rawValue, sessionKey: SessionKey(ofCall: id).text,
      callerAccount: nil, callerAgent: caller.rawValue, kind: .call, isAsync: false, content: request.taskDescription,
      hops: hops, quota: TaskQuota(callsPerHour: record.limits.maxCallsPerHour, callsPerAccountPerDay: 0),
      createdAt: services.now())
    let message = RequestMessage(
      sessionId: new.sessionKey, requestId: new.requestID, content: request.taskDescription)
    return try await stream(new, message, for: call)
  }

  func taskStatus(_ call: Call, _ platform: PlatformCaller) async throws -> Reply {
    let id = try Self.id(call.queryValue("agent_id") ?? "")
    let task = try await task(call.queryValue("request_id") ?? "", of: id)
    return try await services.status(of: task, for: call)
  }

  func connections(_ call: Call, _ platform: PlatformCaller) async throws -> Reply {
    let text = try call.json(TokenConnectionQuery.self).tokenHash
    guard let hash = Digest(text) else {
      throw MeshError(.validationError, "token_hash has 64 hexadecimal digits")
    }
    return try .json(TokenConnections(agents: services.bridge.agents(connectedBy: hash)))
  }

  private func stream(_ new: NewTask, _ message: RequestMessage, for call: Call) async throws -> Reply {
    let (bridge, room) = (services.bridge, try call.reserveEvents())
    let task = try await bridge.submit(new, message: message)
    return .stream(
      bridge.events(of: task.requestID, after: 0), as: CallEventRenderer(task, hasStart: false), holding: room,
      onDeparture: { try await bridge.cancel(task.requestID) })
  }

  /// An agent that is connected.
  private func agent(_ text: String) throws(MeshError) -> AgentID {
    let id = try Self.id(text)
    guard services.bridge.isOnline(id.rawValue) else {
      throw MeshError(.agentOffline, "the agent \(id) is not connected")
    }
    return id
  }

  /// What a platform has made itself, and nothing of the accounts here.
  private func task(_ requestID: String, of agent: AgentID) async throws -> TaskRecord {
    guard let task = try await services.tasks.task(requestID), task.agent == agent.rawValue, task.callerAccount == nil
    else { throw MeshError.unknownTask(requestID) }
    return task
  }

  private static func id(_ text: String) throws(MeshError) -> AgentID {
    guard let id = AgentID(parsing: text) else {
      throw MeshError(.validationError, "'\(text, limit: 80)' is no id of an agent", hint: "Send its UUID.")
    }
    return id
  }

  static func check(clientID: String?) throws(MeshError) {
    guard let text = clientID else { return }
    guard text.wholeMatch(of: #/[A-Za-z0-9_-]{1,64}/#) != nil else {
      throw MeshError(.validationError, "client_id has 1 to 64 letters, digits, hyphens and underscores of ASCII")
    }
  }
}
