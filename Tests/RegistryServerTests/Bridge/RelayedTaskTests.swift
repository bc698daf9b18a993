import HTTPTransport
import RegistryAPI
import TestSupport
import Testing

/// A request on its way to an agent and back.
@Suite struct RelayedTaskTests {
  private func submit(_ server: TestServer, _ agent: TestAgent) async throws -> TaskSubmission {
    let answer = try await server.sendJSON(
      .post, "/api/agents/\(agent.id)/call", CallRequest(taskDescription: "hello", mode: .async), token: server.token)
    guard answer.status == 202 else { throw TestServer.Unexpected(status: answer.status, text: answer.text) }
    return try WireCoding.decode(TaskSubmission.self, from: answer.body)
  }

  private func status(_ server: TestServer, _ agent: TestAgent, _ task: TaskSubmission) async throws -> TaskStatus {
    let path = "/api/agents/\(agent.id)/task-status/\(task.requestId)"
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let answer = try await server.send(.get, path, token: server.token)
      let status = try WireCoding.decode(TaskStatus.self, from: answer.body)
      if status.status == .completed || status.status == .failed || .now > deadline { return status }
    }
  }

  @Test func `an agent of version 2 answers a task`() async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    let socket = try await server.connect(agent)
    let task = try await submit(server, agent)
    let id = task.requestId
    let message = try await onThread { socket.text(containing: "\"message\"", id) }
    #expect(message?.contains("hello") == true)
    let session = task.sessionKey ?? ""
    _ = try await onThread {
      for delta in ["a", "b"] {
        socket.send(#"{"type":"chunk","session_id":"\#(session)","request_id":"\#(id)","delta":"\#(delta)"}"#)
      }
      return socket.send(#"{"type":"done","session_id":"\#(session)","request_id":"\#(id)","result":"ab"}"#)
    }
    let status = try await status(server, agent, task)
    #expect(status.status == .completed)
    #expect(status.result == "ab")
  }

  @Test func `an agent of version 2 that comes back has lost its task`() async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    let socket = try await server.connect(agent)
    let task = try await submit(server, agent)
    let id = task.requestId
    #expect(try await onThread { socket.text(containing: "\"message\"", id) } != nil)
    let newer = try await server.connect(agent)
    let status = try await status(server, agent, task)
    #expect(status.status == .failed)
    #expect(status.errorCode == "agent_offline")
    withExtendedLifetime(newer) {}
  }

  @Test func `an agent that resumes goes on where the log ends`() async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    let socket = try await server.connect(agent, v3: true)
    let task = try await submit(server, agent)
    let (id, session) = (task.requestId, task.sessionKey ?? "")
    #expect(try await onThread { socket.text(containing: "\"message\"", id) } != nil)
    let frame = { @Sendable (seq: Int, delta: String) in
      #"{"type":"chunk","session_id":"\#(session)","request_id":"\#(id)","attempt":1,"#
        + #""seq":\#(seq),"delta":"\#(delta)"}"#
    }
    let isCommitted = try await onThread {
      socket.send(#"{"type":"accept","request_id":"\#(id)","attempt":1}"#)
      socket.send(frame(1, "a"))
      return socket.text(containing: "\"ack\"", id) != nil
    }
    #expect(isCommitted)
    let newer = try await server.socket(of: agent.id, fields: "Sec-WebSocket-Protocol: mesh.v3\r\n")
    let resume =
      #","resume":{"session":"s","streams":[{"request_id":"\#(id)","attempt":1,"#
      + #""acked_out":1,"last_out":2,"next_in":2}]}}"#
    let registration = agent.registration(v3: true).dropLast() + resume
    let recovered = try await onThread {
      newer.send(String(registration))
      return newer.text(containing: "\"registered\"", "\"committed\":1") != nil
    }
    #expect(recovered)
    _ = try await onThread {
      newer.send(frame(1, "a"))
      newer.send(frame(2, "b"))
      return newer.send(
        #"{"type":"done","session_id":"\#(session)","request_id":"\#(id)","attempt":1,"seq":3}"#)
    }
    let status = try await status(server, agent, task)
    #expect(status.status == .completed)
    #expect(status.result == "ab")
  }
}
