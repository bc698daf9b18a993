import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

/// What agents ask over their sockets.
@Suite struct AgentCallTests {
  @Test func `an agent finds others, and calls one of them`() async throws {
    let server = try await TestServer.start()
    let (asking, asked) = (try await server.newAgent("asking"), try await server.newAgent("asked"))
    let caller = try await server.connect(asking)
    let target = try await server.connect(asked)
    let found = try await onThread {
      caller.send(#"{"type":"discover_agents"}"#)
      return caller.text(containing: "discover_agents_result")
    }
    #expect(found?.contains(asked.id) == true)
    let message = try await onThread {
      caller.send(
        #"{"type":"call_agent","target_agent_id":"\#(asked.id)","task_description":"add","call_id":"c1"}"#)
      return target.text(containing: "\"message\"", "add")
    }
    let session = try #require(message?.firstMatch(of: #/"session_id":"([^"]+)"/#)?.output.1)
    let request = try #require(message?.firstMatch(of: #/"request_id":"([^"]+)"/#)?.output.1)
    let ids = #""session_id":"\#(session)","request_id":"\#(request)""#
    let answers = try await onThread {
      target.send(#"{"type":"chunk",\#(ids),"delta":"4"}"#)
      target.send(#"{"type":"done",\#(ids)}"#)
      return (
        caller.text(containing: "\"call_agent_chunk\"", "\"c1\"", "\"4\""),
        caller.text(containing: "\"call_agent_done\"", "\"c1\"")
      )
    }
    #expect(answers.0 != nil && answers.1 != nil)
  }

  @Test func `what an agent asks another one of its owner is not asked by the owner`() async throws {
    let server = try await TestServer.start()
    let asking = try await AgentTask.agent(of: "ann", on: server)
    let asked = try await server.newAgent("asked", token: asking.token)
    let caller = try await server.connect(asking)
    let target = try await server.connect(asked)
    let message = try await onThread {
      caller.send(
        #"{"type":"call_agent","target_agent_id":"\#(asked.id)","task_description":"add","call_id":"c1"}"#)
      return target.text(containing: "\"message\"", "add")
    }
    #expect(message?.contains(#""is_owner":false"#) == true)
  }

  private func call(_ asked: TestAgent, _ description: String = "add") -> String {
    #"{"type":"call_agent","target_agent_id":"\#(asked.id)","task_description":"\#(description)","call_id":"c1"}"#
  }

  @Test func `an agent that a ticket has connected sees what everybody sees, and calls nobody`() async throws {
    let server = try await TestServer.start()
    let asking = try await AgentTask.agent(of: "ann", on: server)
    let (shown, hidden) = (
      try await server.newAgent("shown", token: asking.token), try await server.newAgent("hidden", token: asking.token)
    )
    try await server.reveal(shown)
    let target = try await server.connect(shown)
    let caller = try await server.connect(try await server.ticketed(asking))
    let answers = try await onThread { [call = call(shown)] in
      caller.send(#"{"type":"discover_agents"}"#)
      let found = caller.text(containing: "discover_agents_result")
      caller.send(call)
      return (found, caller.text(containing: "\"call_agent_error\"", "\"c1\""))
    }
    #expect(answers.0?.contains(shown.id) == true && answers.0?.contains(hidden.id) == false)
    #expect(answers.1?.contains(#""code":"forbidden""#) == true)
    withExtendedLifetime(target) {}
  }

  @Test func `a call that says nothing is refused`() async throws {
    let server = try await TestServer.start()
    let (asking, asked) = (try await server.newAgent("asking"), try await server.newAgent("asked"))
    let caller = try await server.connect(asking)
    let target = try await server.connect(asked)
    let answer = try await onThread { [call = call(asked, " ")] in
      caller.send(call)
      return caller.text(containing: "\"call_agent_error\"", "\"c1\"")
    }
    #expect(answer?.contains("validation_error") == true)
    withExtendedLifetime(target) {}
  }

  @Test func `what an agent has asked is cancelled once its connection is gone`() async throws {
    let server = try await TestServer.start()
    let asking = try await AgentTask.agent(of: "ann", on: server)
    let asked = try await server.newAgent("asked", token: asking.token)
    let target = try await server.connect(asked)
    let message = try await ask(asked, on: target, by: asking, server)
    let session = try #require(message?.firstMatch(of: #/"session_id":"([^"]+)"/#)?.output.1)
    let request = try #require(message?.firstMatch(of: #/"request_id":"([^"]+)"/#)?.output.1)
    let chunk = #"{"type":"chunk","session_id":"\#(session)","request_id":"\#(request)","delta":"4"}"#
    let isCancelled = try await onThread {
      target.send(#"{"type":"discover_agents"}"#)
      while let found = target.text(containing: "discover_agents_result"),
        found.ranges(of: #""is_online":true"#).count > 1
      { target.send(#"{"type":"discover_agents"}"#) }
      target.send(chunk)
      return target.text(containing: "\"cancel\"", String(request)) != nil
    }
    #expect(isCancelled)
  }

  /// What the target is asked; the connection of who asks ends with it, without a word.
  private func ask(
    _ asked: TestAgent, on target: TestSocket, by asking: TestAgent, _ server: TestServer
  ) async throws -> String? {
    let caller = try await server.connect(asking)
    return try await onThread { [call = call(asked)] in
      caller.send(call)
      return target.text(containing: "\"message\"", "add")
    }
  }

  @Test(arguments: ["", "3f0c1c9e-58a3-4c0e-9b60-0d5a3a1c2b4d"])
  func `a call of an agent that is none, or of itself, is answered by an error`(other: String) async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    let socket = try await server.connect(agent)
    let target = other.isEmpty ? agent.id : other
    let answer = try await onThread {
      socket.send(#"{"type":"call_agent","target_agent_id":"\#(target)","task_description":"x","call_id":"c1"}"#)
      return socket.text(containing: "\"call_agent_error\"", "\"c1\"")
    }
    #expect(answer != nil)
  }
}
