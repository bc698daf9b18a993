import BridgeProtocol
import Foundation
import RegistryStore
import Skills

/// What agents ask over their sockets, as the account whose token connected them, and with the rights of that token.
extension Bridge {
  private static let foundAgents = 100
  /// Agents that a call may come through.
  private static let maximumHops = 8

  func answer(
    _ question: RelayEnvironment.Question, of agent: String, on socket: AgentSocket, _ credentials: AgentCredentials
  ) async {
    switch question {
    case .discover(let discovery):
      do {
        socket.send(.discoverAgentsResult(try await discover(discovery, credentials)))
      } catch {
        logger.warning("an agent could not discover others", metadata: ["agent.id": "\(agent)", "error": "\(error)"])
        socket.send(.discoverAgentsResult(DiscoveredAgentList(agents: [])))
      }
    case .signal(let signal):
      do {
        try await relaySignal(signal, of: agent, credentials)
      } catch {
        logger.info("a signal of an agent was not relayed", metadata: ["agent.id": "\(agent)", "error": "\(error)"])
      }
    case .call(let call):
      let callID = call.callId ?? UUID().uuidString.lowercased()
      do {
        try await relayCall(call, callID, of: agent, on: socket, credentials)
      } catch {
        let failure = MeshError(ofHandler: error)
        socket.send(
          .callAgentError(AgentCallError(callId: callID, code: failure.code.wire, message: failure.message)))
      }
    }
  }

  private func discover(
    _ discovery: AgentDiscovery, _ credentials: AgentCredentials
  ) async throws -> DiscoveredAgentList {
    let identity = try await identity(of: credentials)
    let found = try await store.agents.discover(
      capability: discovery.capability, skill: nil, ids: nil,
      limit: max(1, min(discovery.limit ?? Self.foundAgents, Self.foundAgents)), offset: 0,
      visibleTo: Reader(identity))
    return DiscoveredAgentList(
      agents: found.agents.map { agent in
        DiscoveredAgentList.Agent(
          id: agent.id.rawValue, name: agent.name, agentType: agent.agentType, capabilities: agent.capabilities,
          isOnline: isOnline(agent.id.rawValue))
      })
  }

  /// The token is looked at again: it may have ended, and what its account may see may have changed.
  private func identity(of credentials: AgentCredentials) async throws -> Accounts.Identity {
    guard let identity = try await store.accounts.identity(presenting: credentials.token, at: now()) else {
      throw Accounts.TokenRefusal()
    }
    return identity
  }

  private func relayCall(
    _ call: AgentCall, _ callID: String, of agent: String, on socket: AgentSocket, _ credentials: AgentCredentials
  ) async throws {
    let identity = try await identity(of: credentials)
    guard call.taskDescription.contains(where: { !$0.isWhitespace }) else {
      throw MeshError(.validationError, "task_description is empty", hint: "Write what the agent is to do.")
    }
    guard call.targetAgentId.lowercased() != agent else {
      throw MeshError(.invalidRequest, "an agent cannot call itself", hint: "Name another one.")
    }
    guard let id = AgentID(parsing: call.targetAgentId),
      let target = try await store.agents.agent(id, visibleTo: Reader(identity))
    else {
      throw MeshError(.notFound, "there is no such agent", hint: "Ask with discover_agents which there are.")
    }
    guard identity.mayCall(target) else {
      throw MeshError(
        .forbidden, "the token that connects the agent does not allow call on \(target.author)/\(target.slug)",
        hint: "Connect it with a token that does. To get one with every right: agent-mesh login")
    }
    guard target.limits.allowA2A else {
      throw MeshError(.forbidden, "\(target.author)/\(target.slug) takes no calls of agents")
    }
    guard isOnline(target.id.rawValue) else {
      throw MeshError(.agentOffline, "\(target.author)/\(target.slug) is not connected", hint: "Try again later.")
    }
    let hops = try await hops(through: agent)
    let requestID = UUID().uuidString.lowercased()
    let task = NewTask(
      requestID: requestID, callID: UUID().uuidString.lowercased(), agent: target.id.rawValue,
      sessionKey: "a2a-\(requestID)", callerAccount: credentials.account?.rawValue, callerAgent: agent, kind: .call,
      isAsync: false, content: call.taskDescription, hops: hops,
      quota: TaskQuota(
        callsPerHour: target.limits.maxCallsPerHour, callsPerAccountPerDay: target.limits.maxCallsPerUserPerDay),
      createdAt: now())
    let message = RequestMessage(
      sessionId: task.sessionKey, requestId: requestID, content: task.content, withFiles: call.withFiles,
      caller: .init(account: identity.author.rawValue, isOwner: false))
    let record = try await submit(task, message: message)
    try await forward(record, as: callID, to: socket)
  }

  /// Agents that a call of an agent has come through, itself among them.
  ///
  /// - Throws: `tooManyRequests` for more than 8: agents that call each other come to an end.
  func hops(through agent: String) async throws -> Int {
    let hops = try await store.tasks.openHops(of: agent)
    guard hops < Self.maximumHops else {
      throw MeshError(.tooManyRequests, "the call has come through \(Self.maximumHops) agents, which is the most")
    }
    return hops + 1
  }

  /// Sends on what comes; an agent that has gone wants no more of it.
  private func forward(_ task: TaskRecord, as callID: String, to socket: AgentSocket) async throws {
    for try await reading in events(of: task.requestID, after: 0) {
      guard !socket.isClosing else { return try await cancel(task.requestID) }
      guard case .event(let event) = reading else { continue }
      try await socket.waitForRoom()
      switch try TaskEventBody(event) {
      case .chunk(let delta, let kind, _, _):
        socket.send(.callAgentChunk(AgentCallChunk(callId: callID, delta: delta, kind: kind)))
      case .done(_, let attachments, let offer):
        socket.send(
          .callAgentDone(AgentCallDone(callId: callID, attachments: attachments, fileTransferOffer: offer)))
      case .failed(let code, let message):
        socket.send(.callAgentError(AgentCallError(callId: callID, code: code, message: message)))
      case .accepted, .extra, .note: break
      }
    }
  }

  func setSkills(_ skills: [CarriedSkill], of agent: String) async {
    guard let id = AgentID(parsing: agent) else { return }
    let records = skills.prefix(CarriedSkillRecord.maximumCount).compactMap { skill -> CarriedSkillRecord? in
      guard let name = try? SkillName(parsing: skill.reference),
        let version = try? SemanticVersion(parsing: skill.version)
      else { return nil }
      return CarriedSkillRecord(
        skill: name, version: version, treeDigest: skill.treeDigest, description: skill.description)
    }
    do {
      try await store.agents.setSkills(records, of: id)
    } catch {
      logger.warning("noting the skills of an agent failed", metadata: ["agent.id": "\(agent)", "error": "\(error)"])
    }
  }
}

extension Accounts.Identity {
  /// Whether the token lets its holder ask an agent; one of a ticket connects its own agent and does nothing else.
  func mayCall(_ agent: AgentRecord) -> Bool { scope.allows(.call, onAgent: agent.slug, of: agent.author) }
}
