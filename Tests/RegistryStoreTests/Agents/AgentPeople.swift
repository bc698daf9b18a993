import Foundation
import RegistryStore
import Skills
import Testing

extension People {
  var agents: Agents { store.agents }

  @discardableResult
  func agent(
    _ name: String, by holder: Accounts.Identity, of author: AuthorName? = nil,
    visibility: AgentVisibilityKind = .private, isPublished: Bool = false, capabilities: [String] = []
  ) async throws -> AgentRecord {
    let new = try NewAgent(
      author: author, name: name, agentType: "exec", visibility: visibility, capabilities: capabilities)
    let agent = try await agents.create(new, by: holder, at: start)
    if !isPublished { return agent }
    let change = try AgentUpdate(isPublished: true)
    return try #require(try await agents.update(agent.id, change, by: holder, at: start))
  }

  func found(
    by reader: Reader, capability: String? = nil, skill: (SkillName, VersionRange?)? = nil,
    online: Set<AgentID>? = nil
  ) async throws -> [String] {
    let found = try await agents.discover(
      capability: capability, skill: skill, ids: online, limit: 100, offset: 0, visibleTo: reader)
    #expect(found.total == found.agents.count)
    return found.agents.map { "\($0.author)/\($0.slug)" }.sorted()
  }
}
