import Foundation
import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct AgentTests {
  private static let id = "3f0c1d5e-0000-4000-8000-000000000001"

  private static let agent = AgentSummary(
    id: id, name: "Reviewer", slug: "reviewer", author: "acme", description: nil, agentType: "exec",
    visibility: .private, isOnline: true, isPublished: false, capabilities: ["review"],
    createdAt: Date(timeIntervalSince1970: 1_000))

  private func text(_ request: ReceivedRequest) -> String { String(decoding: request.body, as: UTF8.self) }

  @Test func `agents are asked for where the platform has them`() async throws {
    let server = TestServer { request, connection in
      switch request.method {
      case "DELETE": try connection.reply(200, #"{"success":true,"message":"done"}"#)
      case "POST", "PUT": try connection.reply(200, WireCoding.encode(AgentResponse(agent: Self.agent)))
      default:
        let isList = request.target.hasSuffix("agents")
        try connection.reply(
          200,
          isList
            ? WireCoding.encode(OwnAgents(agents: [Self.agent], authorLogin: "acme")) : WireCoding.encode(Self.agent))
      }
    }
    let client = try client(at: server.address, token: "ah_secret")
    #expect(try await client.ownAgents().map(\.slug) == ["reviewer"])
    #expect(try await client.ownAgent(Self.id).visibility == .private)
    #expect(try await client.agent(of: AuthorName(parsing: "acme"), slug: "a&b").id == Self.id)
    #expect(try await client.agent(Self.id).slug == "reviewer")
    _ = try await client.createAgent(AgentCreation(name: "Reviewer", agentType: "exec"))
    _ = try await client.changeAgent(Self.id, AgentChange(isPublished: true))
    try await client.deleteAgent(Self.id)
    #expect(
      server.requests.map { "\($0.method) \($0.target)" } == [
        "GET /api/developer/agents", "GET /api/developer/agents/\(Self.id)",
        "GET /api/agents/resolve?author=acme&slug=a%26b", "GET /api/agents/resolve?id=\(Self.id)",
        "POST /api/developer/agents", "PUT /api/developer/agents/\(Self.id)",
        "DELETE /api/developer/agents/\(Self.id)",
      ])
    #expect(text(server.requests[4]) == #"{"agent_type":"exec","name":"Reviewer"}"#)
    #expect(text(server.requests[5]) == #"{"is_published":true}"#)
  }

  @Test func `a search for agents names only what was asked for`() async throws {
    let empty = try WireCoding.encode(DiscoveredAgents(agents: [], total: 0, limit: 20, offset: 0))
    let server = TestServer { _, connection in try connection.reply(200, empty) }
    let client = try client(at: server.address)
    _ = try await client.discoverAgents(AgentQuery())
    _ = try await client.discoverAgents(
      AgentQuery(
        capability: "a b", skill: SkillReference(parsing: "acme/tool@^1.2"), isOnline: true, limit: 1_000, offset: 40))
    #expect(
      server.requests.map(\.target) == [
        "/api/agents/discover?limit=20&offset=0",
        "/api/agents/discover?limit=100&offset=40&capability=a%20b&skill=acme%2Ftool%40%5E1.2&online=true",
      ])
  }

  @Test func `a task that is sent again is the same task`() async throws {
    let log = Log<String>()
    let server = TestServer { request, connection in
      log.add(request.headers["Idempotency-Key"] ?? "")
      // Nobody knows whether the first one was taken.
      if log.values.count == 1 { return connection.close(abruptly: true) }
      try connection.reply(202, #"{"request_id":"r1","call_id":"c1","session_key":"s1","status":"pending"}"#)
    }
    let client = try client(at: server.address, token: "ah_secret")
    let call = CallRequest(taskDescription: "do it", mode: .async)
    let submission = try await client.submit(call, to: Self.id, key: "k1", as: "caller")
    #expect(submission.requestId == "r1" && submission.sessionKey == "s1")
    #expect(log.values == ["k1", "k1"])
    let request = try #require(server.requests.last)
    #expect("\(request.method) \(request.target)" == "POST /api/agents/\(Self.id)/call")
    #expect(request.headers["X-Caller-Agent-Id"] == "caller")
    #expect(text(request) == #"{"mode":"async","task_description":"do it"}"#)
  }

  @Test func `a message goes on with its conversation`() async throws {
    let server = TestServer { _, connection in
      try connection.reply(202, #"{"request_id":"r1","call_id":"c1","session_key":"s1","status":"running"}"#)
    }
    let chat = ChatRequest(message: "hello", mode: .async, sessionKey: "s1")
    _ = try await client(at: server.address).submit(chat, to: Self.id, key: "k1")
    let request = try #require(server.requests.first)
    #expect(request.target == "/api/agents/\(Self.id)/chat")
    #expect(request.headers["X-Session-Key"] == "s1")
    #expect(text(request) == #"{"message":"hello","mode":"async","session_key":"s1"}"#)
  }
}
