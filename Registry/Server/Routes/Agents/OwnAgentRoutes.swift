import RegistryAPI
import RegistryStore
import Skills

/// The agents of the caller: which there are, making one, changing it and ending it.
struct OwnAgentRoutes: Sendable {
  let services: RegistryServices

  /// Those for which the token may be used.
  func list(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let agents = try await services.agents.own(by: caller).filter { agent in
      OwnedAgentEndpoint.show.row.rights.contains { caller.allows($0, on: agent) }
    }
    return try .json(OwnAgents(agents: agents.map(services.summary), authorLogin: caller.author.rawValue))
  }

  func create(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let request = try call.json(AgentCreation.self)
    let agent = try await services.create(NewAgent(request), by: caller, for: call)
    return try .json(AgentResponse(agent: services.summary(agent)), status: .created)
  }

  func show(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    try .json(services.summary(owned.agent))
  }

  /// - Throws: `agentOffline` for one that is to be published and is not connected: nobody could call it.
  func update(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    let change = try call.json(AgentChange.self)
    let (id, update) = (owned.agent.id, try AgentUpdate(change))
    let isPublishing = change.isPublished == true && !owned.agent.isPublished
    if isPublishing, !services.bridge.isOnline(id.rawValue) { throw MeshError.agentOffline(owned.agent) }
    let time = services.now()
    guard let agent = try await services.agents.update(id, update, by: owned.owner, at: time) else {
      throw MeshError.unknownAgent(id)
    }
    return try .json(AgentResponse(agent: services.summary(agent)))
  }

  func delete(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    let id = owned.agent.id
    guard try await services.agents.delete(id, by: owned.owner, at: services.now()) else {
      throw MeshError.unknownAgent(id)
    }
    _ = await services.bridge.disconnect(id.rawValue)
    services.bridge.eraseDeleted()
    return try .json(Confirmation("the agent \(owned.agent.slug) is deleted"))
  }

  func disconnect(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    let wasOnline = await services.bridge.disconnect(owned.agent.id.rawValue)
    return try .json(Confirmation("the agent \(owned.agent.slug) \(wasOnline ? "is disconnected" : "was offline")"))
  }
}

extension RegistryServices {
  /// Makes an agent, and tells of it the addresses of its maker that want to hear of it.
  func create(_ new: NewAgent, by maker: some Principal, for call: Call) async throws -> AgentRecord {
    let agent = try await agents.create(new, by: maker, at: now())
    guard let account = maker.accountID else { return agent }
    do {
      try await callbacks.announce(summary(agent), to: account)
    } catch {
      // The agent is there all the same.
      call.logger.warning("announcing an agent failed", metadata: ["error": "\(error)"])
    }
    return agent
  }
}

extension NewAgent {
  /// Nobody else sees it until its owner says so.
  fileprivate init(_ request: AgentCreation) throws {
    try self.init(
      author: try request.author.map { try AuthorName(parsing: $0) }, name: request.name,
      description: request.description, agentType: request.agentType,
      visibility: request.visibility.map(AgentVisibilityKind.init) ?? .private,
      capabilities: request.capabilities ?? [])
  }
}

extension AgentUpdate {
  fileprivate init(_ change: AgentChange) throws(MeshError) {
    try self.init(
      name: change.name, description: change.description, agentType: change.agentType,
      visibility: change.visibility.map(AgentVisibilityKind.init), isPublished: change.isPublished,
      capabilities: change.capabilities, limits: change.rateLimits.map(AgentLimitValues.init))
  }
}

extension AgentVisibilityKind {
  fileprivate init(_ visibility: AgentVisibility) {
    self =
      switch visibility {
      case .public: .public
      case .private: .private
      }
  }
}

extension AgentLimitValues {
  fileprivate init(_ limits: AgentLimits) {
    self.init(
      maxCallsPerHour: limits.maxCallsPerHour, maxCallsPerUserPerDay: limits.maxCallsPerUserPerDay,
      allowA2A: limits.allowA2A)
  }
}
