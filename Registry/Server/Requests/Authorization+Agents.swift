import RegistryAPI
import RegistryStore
import Skills

/// Who may do what with an agent: to everybody else it is one that never was.
extension Authorization {
  /// The right of `Access.agentReader`.
  ///
  /// - Throws: `notFound` for whoever may not see it.
  func agentReader(_ call: Call, _ row: Endpoint) async throws -> VisitedAgent {
    let caller = try await caller(call, row)
    return VisitedAgent(visitor: caller, agent: try await agent(call, for: caller.reader))
  }

  /// The right of `Access.agentCaller`.
  ///
  /// - Throws: `notFound` for whoever may not see it; `forbidden` for a token that may not call it or has no account.
  func agentCaller(_ call: Call, _ row: Endpoint) async throws -> CalledAgent {
    let caller = try await holder(call, row)
    let agent = try await agent(call, for: Reader(caller))
    try caller.demand(anyOf: row.rights, on: agent)
    guard let account = caller.accountID else {
      throw MeshError(
        .forbidden, "the token is that of an author, and accounts call agents",
        hint: "Log in with an account: agent-mesh login")
    }
    return CalledAgent(caller: caller, account: account, agent: agent)
  }

  /// The right of `Access.agentOwner`.
  ///
  /// - Throws: `notFound` for everybody else; `forbidden` for a token that may not do this.
  func agentOwner(_ call: Call, _ row: Endpoint) async throws -> OwnedAgent {
    let owner = try await holder(call, row)
    let id = try call.agentID()
    guard let agent = try await agents.owned(id, by: owner) else { throw MeshError.unknownAgent(id) }
    try owner.demand(anyOf: row.rights, on: agent)
    return OwnedAgent(owner: owner, agent: agent)
  }

  /// The right of `Access.platform`.
  ///
  /// - Throws: `notFound` where no secret is configured; `authFailed`.
  func platform(_ call: Call, _ row: Endpoint) async throws -> PlatformCaller {
    guard let platformSecret else { throw MeshError(.notFound, "there is nothing at this path") }
    guard platformSecret.matches(call.request.headers[.platformSecret]) else {
      throw MeshError(.authFailed, "the secret of the platform is missing or wrong")
    }
    return PlatformCaller()
  }

  /// The agent whose id the path has.
  func agent(_ call: Call, for reader: Reader) async throws -> AgentRecord {
    let id = try call.agentID()
    guard let agent = try await agents.agent(id, visibleTo: reader) else { throw MeshError.unknownAgent(id) }
    return agent
  }
}

extension Accounts.Identity {
  /// - Throws: `forbidden` when the token has none of the rights, or not for that agent.
  func demand(anyOf rights: [TokenRight], on agent: AgentRecord) throws(MeshError) {
    guard !rights.isEmpty, !rights.contains(where: { allows($0, on: agent) }) else { return }
    let words = rights.map(\.rawValue).joined(separator: " or ")
    throw MeshError(
      .forbidden, "the token does not allow \(words) on the agent \(agent.author)/\(agent.slug)",
      hint: "Use a token that does. To get one with every right: agent-mesh login")
  }

  /// Whether the token has a right for an agent; patterns count for the rights that are about agents.
  func allows(_ right: TokenRight, on agent: AgentRecord) -> Bool {
    right.isAboutAgents ? scope.allows(right, onAgent: agent.slug, of: agent.author) : scope.allows(right)
  }
}

extension Call {
  /// The agent that the path names.
  ///
  /// - Throws: `notFound` for what is no identifier.
  func agentID() throws -> AgentID {
    let text = try part("id")
    guard let id = AgentID(parsing: text) else { throw MeshError.unknownAgent(text) }
    return id
  }
}

extension MeshError {
  static func unknownAgent(_ id: AgentID) -> MeshError { unknownAgent(id.rawValue) }

  static func unknownAgent(_ name: String) -> MeshError {
    MeshError(
      .notFound, "there is no agent \(name, limit: 120)",
      hint: "Check the name; a private agent needs a token of somebody who may see it.")
  }

  static func agentOffline(_ agent: AgentRecord) -> MeshError {
    MeshError(
      .agentOffline, "the agent \(agent.author)/\(agent.slug) is not connected",
      hint: "Its owner connects it with: agent-mesh connect")
  }
}
