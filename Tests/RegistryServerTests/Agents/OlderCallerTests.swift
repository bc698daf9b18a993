import RegistryServer
import TestSupport
import Testing

/// Those who ask an agent of version 2 as version 2 has it, with nothing of ours.
@Suite struct OlderCallerTests {
  private static let secret = String(repeating: "s", count: 32)

  /// - Parameter fields: Header fields beside those of every body, each with its line end.
  private func post(
    _ path: String, _ body: String, _ fields: String, to server: TestServer
  ) async throws -> RawConnection {
    let port = server.port
    return try await onThread {
      let connection = try RawConnection(port: port)
      connection.write(
        "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")
      return connection
    }
  }

  /// Has the agent say `4`, `2` and that it is done, and gives all that its caller gets.
  ///
  /// - Parameter end: With which that ends.
  private func answer(
    _ question: String, over socket: TestSocket, to caller: RawConnection, until end: String = #""type":"done""#
  ) async throws -> String {
    let message = try await onThread { socket.text(containing: "\"message\"", question) }
    let session = try #require(message?.firstMatch(of: #/"session_id":"([^"]+)"/#)?.output.1)
    let request = try #require(message?.firstMatch(of: #/"request_id":"([^"]+)"/#)?.output.1)
    let ids = #""session_id":"\#(session)","request_id":"\#(request)""#
    return try await onThread {
      for delta in ["4", "2"] { socket.send(#"{"type":"chunk",\#(ids),"delta":"\#(delta)"}"#) }
      socket.send(#"{"type":"done",\#(ids),"result":"42"}"#)
      return caller.reading(until: end).text
    }
  }

  private func text(of events: String) -> String {
    events.matches(of: #/"delta":"([^"]*)"/#).map { String($0.output.1) }.joined()
  }

  @Test func `a caller without a mode gets a stream, and its ids in the head`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent)
    let caller = try await post(
      "/api/agents/\(agent.id)/call", #"{"task_description":"add up","with_files":true}"#,
      "Accept: text/event-stream\r\nAuthorization: Bearer \(agent.token)\r\n", to: server)
    let stream = try await answer("add up", over: socket, to: caller)
    #expect(text(of: stream) == "42", "\(stream)")
    for field in ["x-call-id: ", "x-session-key: "] { #expect(stream.lowercased().contains(field), "\(stream)") }
    #expect(stream.contains(#""type":"start""#), "\(stream)")
  }

  @Test func `what a platform relays comes back as a stream without a start`() async throws {
    var configuration = RegistryConfiguration()
    configuration.platformSecret = PlatformSecret(Self.secret)
    let server = try await TestServer.start(configuration: configuration)
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent)
    let body = #"{"agent_id":"\#(agent.id)","session_id":"s1","request_id":"r1","content":"add up"}"#
    let caller = try await post("/api/relay", body, "X-Platform-Secret: \(Self.secret)\r\n", to: server)
    let stream = try await answer("add up", over: socket, to: caller)
    #expect(text(of: stream) == "42", "\(stream)")
    #expect(!stream.contains(#""type":"start""#), "\(stream)")
  }

  @Test func `a chat is a message whose parts begin and end`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent)
    let caller = try await post(
      "/api/agents/\(agent.id)/chat", #"{"message":"add up"}"#, "Authorization: Bearer \(agent.token)\r\n", to: server)
    let stream = try await answer("add up", over: socket, to: caller, until: "data: [DONE]\n\n")
    #expect(stream.lowercased().contains("x-vercel-ai-ui-message-stream: v1"), "\(stream)")
    let types = stream.matches(of: #/"type":"([^"]+)"/#).map { String($0.output.1) }
    #expect(
      types == ["start", "start-step", "text-start", "text-delta", "text-delta", "text-end", "finish-step", "finish"])
    #expect(text(of: stream) == "42", "\(stream)")
  }

  @Test func `an agent asks another one through its platform`() async throws {
    var configuration = RegistryConfiguration()
    configuration.platformSecret = PlatformSecret(Self.secret)
    let server = try await TestServer.start(configuration: configuration)
    let asking = try await AgentTask.agent(of: "ann", on: server)
    let asked = try await AgentTask.agent(of: "bob", on: server)
    try await server.reveal(asked)
    let socket = try await server.connect(asked)
    let body =
      #"{"caller_agent_id":"\#(asking.id)","target_agent_id":"\#(asked.id)","task_description":"add up"}"#
    let caller = try await post("/api/a2a/call", body, "X-Platform-Secret: \(Self.secret)\r\n", to: server)
    let stream = try await answer("add up", over: socket, to: caller)
    #expect(text(of: stream) == "42", "\(stream)")
  }
}
