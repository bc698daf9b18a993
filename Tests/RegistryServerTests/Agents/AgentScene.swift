import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Skills
import Testing

/// A registry where ada has agents, which bob may know of or not.
struct AgentScene {
  let server: TestServer
  let ada: Account
  let bob: Account
  let adaToken: String
  let bobToken: String

  init(_ change: (inout RegistryConfiguration) -> Void = { _ in }) async throws {
    var configuration = RegistryConfiguration()
    configuration.limits.rates = [:]
    configuration.signUp = .open
    change(&configuration)
    server = try await TestServer.start(configuration: configuration)
    (ada, bob) = try await (server.signUp("ada"), server.signUp("bob"))
    adaToken = try await server.newToken(of: ada)
    bobToken = try await server.newToken(of: bob)
  }

  func create(_ name: String, _ visibility: AgentVisibility? = nil) async throws -> AgentSummary {
    let body = AgentCreation(name: name, agentType: "exec", visibility: visibility, capabilities: ["review"])
    let answer = try await server.sendJSON(.post, Route.ownAgents.rawValue, body, token: adaToken)
    #expect(answer.status == 201, "\(answer.text)")
    return try WireCoding.decode(AgentResponse.self, from: answer.body).agent
  }

  /// One that is everybody's to see, although it never was online.
  func published(_ name: String, limits: AgentLimitValues? = nil) async throws -> AgentSummary {
    let agent = try await create(name, .public)
    let id = try #require(AgentID(parsing: agent.id))
    _ = try await server.store.agents.update(
      id, AgentUpdate(isPublished: true, limits: limits), by: identity(adaToken), at: server.clock.now)
    return agent
  }

  func identity(_ token: String) async throws -> Accounts.Identity {
    let presented = try #require(AccessToken(presented: token))
    return try #require(try await server.store.accounts.identity(presenting: presented, at: server.clock.now))
  }

  /// A task of an account with an agent, in the log and nowhere else.
  func task(_ id: String, of account: Account, with agent: AgentSummary, kind: TaskKind = .call) async throws {
    _ = try await server.store.tasks.create(
      NewTask(
        requestID: id, callID: "call-\(id)", agent: agent.id, sessionKey: "a2a-\(id)",
        callerAccount: account.id.rawValue, kind: kind, isAsync: true, content: "Do it.",
        createdAt: server.clock.now))
  }

  func ticket(_ agent: AgentSummary) async throws -> ConnectTicketResponse {
    let answer = try await server.send(.post, Route.connectTicket.path([agent.id]), token: adaToken)
    #expect(answer.status == 201, "\(answer.text)")
    return try WireCoding.decode(ConnectTicketResponse.self, from: answer.body)
  }
}
