import RegistryAPI
import RegistryStore
import Skills

/// Who may look at which page of an agent: to everybody else it is one that never was.
extension Authorization {
  /// The right of `Access.visitingAgentReader`.
  ///
  /// - Throws: `notFound` for whoever may not see it; `MovedAuthor` where its author has another name now.
  func visitingAgentReader(_ call: Call, _ row: Endpoint) async throws -> AgentVisit {
    let visitor = try await visitor(call, row)
    let agent = try await agent(call, row, for: visitor.reader)
    return AgentVisit(visitor: visitor, agent: agent)
  }

  /// The right of `Access.callingPerson`.
  ///
  /// - Throws: `unauthorized` for whoever is not signed in; as `visitingAgentReader(_:_:)`.
  func callingPerson(_ call: Call, _ row: Endpoint) async throws -> PersonalAgentVisit {
    let person = try await person(call, row)
    let agent = try await agent(call, row, for: person.visitor.reader)
    return PersonalAgentVisit(person: person, agent: agent)
  }

  /// The right of `Access.agentOwningPerson`.
  ///
  /// - Throws: `unauthorized` for whoever is not signed in; `notFound` for everybody but the owner.
  func agentOwningPerson(_ call: Call, _ row: Endpoint) async throws -> PersonalAgentVisit {
    let person = try await person(call, row)
    let id = try call.agentID()
    guard let agent = try await agents.owned(id, by: person.session) else { throw MeshError.unknownAgent(id) }
    return PersonalAgentVisit(person: person, agent: agent)
  }

  /// The agent that the path names, or whose id it has.
  private func agent(_ call: Call, _ row: Endpoint, for reader: Reader) async throws -> AgentRecord {
    guard row.route != .agentLink else { return try await agent(call, for: reader) }
    let (author, slug) = (try call.authorName(), try call.part("agent"))
    guard (try? SkillSlug(parsing: slug)) != nil,
      let agent = try await agents.agent(author, slug, visibleTo: reader)
    else { throw MeshError.unknownAgent("\(author)/\(slug)") }
    guard agent.author == author else { throw MovedAuthor(name: agent.author) }
    return agent
  }
}
