import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

/// Making agents, changing, sharing and finding them.
@Suite struct AgentRouteTests {
  private func found(_ scene: AgentScene, _ query: String = "", token: String? = nil) async throws -> [String] {
    let answer = try await scene.server.send(.get, Route.discover.rawValue + query, token: token)
    #expect(answer.status == 200, "\(answer.text)")
    return try WireCoding.decode(DiscoveredAgents.self, from: answer.body).agents.map(\.slug)
  }

  @Test func `an agent is made for its maker alone, changed and deleted`() async throws {
    let scene = try await AgentScene()
    let (server, token) = (scene.server, scene.adaToken)
    let agent = try await scene.create("Code Reviewer")
    #expect(agent.slug == "code-reviewer" && agent.author == "ada" && agent.visibility == .private)
    #expect(!agent.isOnline && !agent.isPublished && agent.capabilities == ["review"])
    let path = Route.ownAgent.path([agent.id])
    let change = AgentChange(name: "Reader", rateLimits: AgentLimits(maxCallsPerHour: 5))
    let changed = try await server.sendJSON(.put, path, change, token: token)
    let after = try WireCoding.decode(AgentResponse.self, from: changed.body).agent
    #expect(after.name == "Reader" && after.rateLimits?.maxCallsPerHour == 5 && after.capabilities == ["review"])
    let list = try await server.send(.get, Route.ownAgents.rawValue, token: token)
    #expect(try WireCoding.decode(OwnAgents.self, from: list.body).agents.map(\.id) == [agent.id])
    #expect(try await server.send(.delete, path, token: token).status == 200)
    #expect(try await server.send(.get, path, token: token).status == 404)
  }

  @Test func `an agent of an organisation is made by its owners, with a token for its agents`() async throws {
    let scene = try await AgentScene()
    let (server, accounts, now) = (scene.server, scene.server.store.accounts, scene.server.clock.now)
    let guild = try await accounts.createOrganisation(
      try AuthorName(parsing: "guild"), displayName: nil, by: scene.ada.id, at: now)
    try await accounts.setRole(.publisher, of: scene.bob.handle, in: guild, by: scene.ada.id, at: now)
    let scope = TokenScope(rights: [.manage], skills: [], agents: [try ResourcePattern(parsing: "ada/*")])
    let limited = try await server.newToken(of: scene.ada, scope)
    let cases = [
      ("guild", scene.adaToken, 201), ("guild", scene.bobToken, 403), ("guild", limited, 403), ("bob", limited, 403),
      ("nobody", scene.adaToken, 403), ("no name", scene.adaToken, 422), ("ada", limited, 201),
    ]
    for (author, token, status) in cases {
      let body = AgentCreation(name: "Helper", agentType: "exec", author: author)
      let answer = try await server.sendJSON(.post, Route.ownAgents.rawValue, body, token: token)
      #expect(answer.status == status, "\(author): \(answer.text)")
    }
    let list = try await server.send(.get, Route.ownAgents.rawValue, token: scene.adaToken)
    let names = try WireCoding.decode(OwnAgents.self, from: list.body).agents.map { "\($0.author)/\($0.slug)" }
    #expect(names == ["guild/helper", "ada/helper"])
    let other = try await server.send(.get, Route.ownAgents.rawValue, token: scene.bobToken)
    #expect(try WireCoding.decode(OwnAgents.self, from: other.body).agents.isEmpty)
  }

  @Test func `an agent that is not connected cannot be published`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.create("reviewer", .public)
    let path = Route.ownAgent.path([agent.id])
    let answer = try await scene.server.sendJSON(
      .put, path, AgentChange(isPublished: true), token: scene.adaToken)
    #expect(answer.status == 409)
    #expect(try answer.json()["error"] as? String == "agent_offline")
    #expect(try await found(scene) == [])
  }

  @Test func `whoever an agent is shared with finds it, until it is shared no longer`() async throws {
    let scene = try await AgentScene()
    let server = scene.server
    let agent = try await scene.create("reviewer")
    let access = Route.agentAccess.path([agent.id])
    let status = Route.agentStatus.path([agent.id])
    let grant = AgentGrantRequest(author: "bob")
    #expect(try await server.send(.get, status, token: scene.bobToken).status == 404)
    #expect(try await server.sendJSON(.post, access, grant, token: scene.adaToken).status == 200)
    #expect(try await server.send(.get, status, token: scene.bobToken).status == 200)
    #expect(try await server.send(.get, status).status == 404)
    #expect(try await found(scene, token: scene.bobToken) == ["reviewer"])
    #expect(try await server.send(.get, access, token: scene.bobToken).status == 404)
    let grants = try await server.send(.get, access, token: scene.adaToken)
    #expect(try WireCoding.decode(AgentGrants.self, from: grants.body).grants.map(\.author) == ["bob"])
    #expect(try await server.sendJSON(.delete, access, grant, token: scene.adaToken).status == 200)
    #expect(try await server.send(.get, status, token: scene.bobToken).status == 404)
  }

  @Test func `agents are found by what they can do, by their name and by whether they are connected`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    #expect(try await found(scene) == ["reviewer"])
    #expect(try await found(scene, "?capability=review&limit=1&offset=0") == ["reviewer"])
    #expect(try await found(scene, "?capability=write") == [])
    #expect(try await found(scene, "?online=true") == [])
    #expect(try await found(scene, "?skill=acme/probe@%5E1.0.0") == [])
    let named = try await scene.server.send(.get, Route.agentLookup.rawValue + "?author=ada&slug=reviewer")
    #expect(try WireCoding.decode(AgentSummary.self, from: named.body).id == agent.id)
  }

  @Test func `an agent is found by its id as by its name, by those who may see it`() async throws {
    let scene = try await AgentScene()
    let (shown, hidden) = (try await scene.published("reviewer"), try await scene.create("secret"))
    let cases: [(id: String, token: String?, status: Int)] = [
      (shown.id, nil, 200), (shown.id.uppercased(), scene.bobToken, 200), (hidden.id, scene.adaToken, 200),
      (hidden.id, scene.bobToken, 404), (hidden.id, nil, 404), ("none", scene.adaToken, 404),
    ]
    for (id, token, status) in cases {
      let answer = try await scene.server.send(.get, Route.agentLookup.rawValue + "?id=\(id)", token: token)
      #expect(answer.status == status, "\(answer.text)")
    }
  }

  @Test(arguments: ["limit=0", "limit=101", "limit=x", "offset=-1", "online=maybe", "skill=acme", "skill=a/b@x.y.z"])
  func `a search that breaks a rule is refused`(query: String) async throws {
    let scene = try await AgentScene()
    #expect(try await scene.server.send(.get, Route.discover.rawValue + "?" + query).status == 422)
  }

  @Test func `a token for one agent is none for another`() async throws {
    let scene = try await AgentScene()
    let (mine, other) = (try await scene.published("reviewer"), try await scene.published("writer"))
    let pattern = try ResourcePattern(parsing: "ada/reviewer")
    let scope = TokenScope(rights: [.call], skills: [], agents: [pattern])
    let token = try await scene.server.newToken(of: scene.bob, scope)
    let allowed = try await scene.server.send(.get, Route.agentConversations.path([mine.id]), token: token)
    let refused = try await scene.server.send(.get, Route.agentConversations.path([other.id]), token: token)
    #expect(allowed.status == 200)
    #expect(refused.status == 403 && refused.text.contains("ada/writer"))
  }
}
