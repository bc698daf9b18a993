import RegistryAPI
import RegistryStore
import Skills

/// Those to whom a private agent is shared.
struct AgentGrantRoutes: Sendable {
  let services: RegistryServices

  func list(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    let grants = try await services.agents.grants(of: owned.agent.id, by: owned.owner)
    return try .json(AgentGrants(grants: grants.map(AgentGrants.Grant.init)))
  }

  func grant(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    let author = try Self.author(call)
    try await services.agents.grant(author, on: owned.agent.id, by: owned.owner, at: services.now())
    return try .json(Confirmation("\(author) may see and call \(owned.agent.slug)"))
  }

  func revoke(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    let author = try Self.author(call)
    try await services.agents.revoke(author, on: owned.agent.id, by: owned.owner, at: services.now())
    return try .json(Confirmation("\(author) has no grant for \(owned.agent.slug)"))
  }

  private static func author(_ call: Call) throws -> AuthorName {
    try AuthorName(parsing: call.json(AgentGrantRequest.self).author)
  }
}

extension AgentGrants.Grant {
  fileprivate init(_ grant: AgentGrant) {
    self.init(author: grant.author.rawValue, grantedAt: grant.grantedAt)
  }
}
