import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// The agents of the account, and of organisations that it owns.
  package func ownAgents() async throws -> [AgentSummary] {
    try await get(OwnAgents.self, Route.ownAgents.path([])).agents
  }

  /// - Parameter id: A UUID.
  /// - Throws: `notFound` for an agent of somebody else.
  package func ownAgent(_ id: String) async throws -> AgentSummary {
    try await get(AgentSummary.self, Route.ownAgent.path([id]))
  }

  /// Anybody's agent by its name.
  ///
  /// - Throws: `notFound` when there is none that we may see.
  package func agent(of author: AuthorName, slug: String) async throws -> AgentSummary {
    let query = "?author=\(PercentEncoding.component(author.rawValue))&slug=\(PercentEncoding.component(slug))"
    return try await get(AgentSummary.self, Route.agentLookup.path([]) + query)
  }

  /// Anybody's agent by its UUID.
  ///
  /// - Throws: `notFound` when there is none that we may see.
  package func agent(_ id: String) async throws -> AgentSummary {
    try await get(AgentSummary.self, Route.agentLookup.path([]) + "?id=\(PercentEncoding.component(id))")
  }

  package func createAgent(_ new: AgentCreation) async throws -> AgentSummary {
    try await decode(AgentResponse.self, from: send(makeRequest(.post, Route.ownAgents.path([]), new))).agent
  }

  /// Changes what `change` names, and nothing else.
  package func changeAgent(_ id: String, _ change: AgentChange) async throws -> AgentSummary {
    try await decode(AgentResponse.self, from: send(makeRequest(.put, Route.ownAgent.path([id]), change))).agent
  }

  package func deleteAgent(_ id: String) async throws {
    _ = try await send(makeRequest(.delete, Route.ownAgent.path([id])))
  }

  /// Agents that we may call.
  package func discoverAgents(_ query: AgentQuery) async throws -> DiscoveredAgents {
    try await get(DiscoveredAgents.self, Route.discover.path([]) + query.text)
  }

  /// Those to whom a private agent is shared.
  package func grants(of id: String) async throws -> [AgentGrants.Grant] {
    try await get(AgentGrants.self, Route.agentAccess.path([id])).grants
  }

  /// Shares an agent; once more changes nothing.
  package func grantAccess(to id: String, for author: AuthorName) async throws {
    let body = AgentGrantRequest(author: author.rawValue)
    _ = try await send(makeRequest(.post, Route.agentAccess.path([id]), body))
  }

  /// Ends the sharing of an agent.
  package func revokeAccess(to id: String, for author: AuthorName) async throws {
    let body = AgentGrantRequest(author: author.rawValue)
    _ = try await send(makeRequest(.delete, Route.agentAccess.path([id]), body))
  }

  /// What connects an agent from another machine, once and soon.
  package func connectTicket(for id: String) async throws -> ConnectTicketResponse {
    try await decode(ConnectTicketResponse.self, from: send(makeRequest(.post, Route.connectTicket.path([id]))))
  }
}
