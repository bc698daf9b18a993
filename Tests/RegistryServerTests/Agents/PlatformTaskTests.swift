import HTTPTransport
import RegistryAPI
import RegistryServer
import TestSupport
import Testing

/// What a platform may do with what it has had relayed.
@Suite struct PlatformTaskTests {
  private static let secret = String(repeating: "s", count: 32)
  private static let message = (session: "s1", request: "r1")

  private func start() async throws -> (server: TestServer, agent: TestAgent, socket: TestSocket) {
    var configuration = RegistryConfiguration()
    configuration.platformSecret = PlatformSecret(Self.secret)
    let server = try await TestServer.start(configuration: configuration)
    let agent = try await AgentTask.agent(of: "ann", on: server)
    return (server, agent, try await server.connect(agent))
  }

  private func post(_ route: Route, _ body: some Encodable, to server: TestServer) async throws -> HTTPResponse {
    try await server.send(
      .post, route.rawValue,
      headers: ["X-Platform-Secret": .init(Self.secret), "Content-Type": "application/json"],
      body: .bytes(WireCoding.encode(body)))
  }

  /// Has the agent asked, without waiting for its answer.
  private func relay(to agent: TestAgent, over socket: TestSocket, on server: TestServer) async throws {
    let request = RelayRequest(
      agentId: agent.id, sessionId: Self.message.session, requestId: Self.message.request, content: "add up",
      mode: .async)
    #expect(try await post(.platformRelay, request, to: server).status == 202)
    let question = try await onThread { socket.text(containing: "\"message\"", "add up") }
    #expect(question != nil)
  }

  private func frame(_ type: String, _ fields: String) -> String {
    #"{"type":"\#(type)","session_id":"\#(Self.message.session)","request_id":"\#(Self.message.request)",\#(fields)}"#
  }

  private func status(of request: String, of agent: TestAgent, on server: TestServer) async throws -> HTTPResponse {
    try await server.send(
      .get, Route.platformTaskStatus.rawValue + "?agent_id=\(agent.id)&request_id=\(request)",
      headers: ["X-Platform-Secret": .init(Self.secret)])
  }

  private func outcome(of agent: TestAgent, on server: TestServer) async throws -> TaskStatus {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let answer = try await status(of: Self.message.request, of: agent, on: server)
      let status = try WireCoding.decode(TaskStatus.self, from: answer.body)
      if status.status == .completed || status.status == .failed || .now > deadline { return status }
    }
  }

  @Test func `a platform is told what became of its own requests, and of nobody else's`() async throws {
    let (server, agent, socket) = try await start()
    try await relay(to: agent, over: socket, on: server)
    socket.send(frame("chunk", #""delta":"42""#))
    socket.send(frame("done", #""result":"42""#))
    let outcome = try await outcome(of: agent, on: server)
    #expect(outcome.status == .completed)
    #expect(outcome.result == "42")

    let task = try await AgentTask(server, agent, on: socket)
    #expect(try await status(of: task.requestID, of: agent, on: server).status == 404)
  }

  @Test func `a platform cancels a request in the conversation that it belongs to`() async throws {
    let (server, agent, socket) = try await start()
    try await relay(to: agent, over: socket, on: server)
    func cancel(in session: String) async throws -> Int {
      let body = RelayCancellation(agentId: agent.id, sessionId: session, requestId: Self.message.request)
      return try await post(.platformCancellation, body, to: server).status
    }
    #expect(try await cancel(in: "another") == 404)
    #expect(try await cancel(in: Self.message.session) == 200)
    let wasAsked = try await onThread { socket.text(containing: "\"cancel\"", Self.message.request) != nil }
    #expect(wasAsked)
    socket.send(frame("error", #""code":"cancelled","message":"Stopped""#))
    let outcome = try await outcome(of: agent, on: server)
    #expect(outcome.status == .failed)
    #expect(outcome.errorCode == "cancelled")
  }

  @Test func `a platform ends the connection of an agent, once`() async throws {
    let (server, agent, socket) = try await start()
    func disconnect() async throws -> AgentDisconnected {
      let answer = try await post(.platformDisconnection, AgentDisconnection(agentId: agent.id), to: server)
      return try WireCoding.decode(AgentDisconnected.self, from: answer.body)
    }
    #expect(try await disconnect().wasOnline)
    let ending = try await onThread { socket.receive() }
    #expect(ending.isClose(4002), "\(ending)")
    let again = try await disconnect()
    #expect(!again.wasOnline)
  }
}
