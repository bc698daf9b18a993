import Foundation
import RegistryStore
import TestSupport
import Testing

/// An agent of a test, and the token that connects it.
struct TestAgent: Sendable {
  var id: String
  var token: String

  func registration(agent: String? = nil, token: String? = nil, version: String = "\"2\"", v3: Bool = false) -> String {
    """
    {"type":"register","agent_id":"\(agent ?? id)","token":"\(token ?? self.token)","bridge_version":\(version),\
    "agent_type":"exec","capabilities":[]\(v3 ? #","ext":["mesh.v3"],"instance_id":"i","conn_epoch":1"# : "")}
    """
  }
}

extension TestAgent {
  /// With what the agent still has of a task: numbers up to `last`, of which those up to `acked` were acknowledged.
  func registration(resuming task: AgentTask, acked: Int, last: Int) -> String {
    let stream =
      #"{"request_id":"\#(task.requestID)","attempt":1,"acked_out":\#(acked),"last_out":\#(last),"next_in":2}"#
    return String(registration(v3: true).dropLast()) + #","resume":{"session":"s","streams":[\#(stream)]}}"#
  }
}

extension TestServer {
  /// An agent of the author whose token that is.
  func newAgent(_ name: String = "helper", token other: String? = nil) async throws -> TestAgent {
    let token = other ?? self.token
    let presented = AccessToken(presented: token) ?? AccessToken()
    guard let identity = try await store.accounts.identity(presenting: presented, at: clock.now) else {
      throw Unexpected(status: 401, text: "the token of the test is unknown")
    }
    let new = try NewAgent(
      author: nil, name: name, description: nil, agentType: "exec", visibility: .public, capabilities: [],
      limits: .standard)
    return TestAgent(id: try await store.agents.create(new, by: identity, at: clock.now).id.rawValue, token: token)
  }

  private func owner(of agent: TestAgent) async throws -> Accounts.Identity {
    let token = try #require(AccessToken(presented: agent.token))
    return try #require(try await store.accounts.identity(presenting: token, at: clock.now))
  }

  /// Has an agent be everybody's to see.
  func reveal(_ agent: TestAgent) async throws {
    let id = try #require(AgentID(parsing: agent.id))
    _ = try await store.agents.update(id, AgentUpdate(isPublished: true), by: owner(of: agent), at: clock.now)
  }

  /// An agent with the token of a ticket, which connects it and does nothing else.
  func ticketed(_ agent: TestAgent) async throws -> TestAgent {
    let id = try #require(AgentID(parsing: agent.id))
    let issued = try await store.agents.createTicket(for: id, by: owner(of: agent), at: clock.now)
    let (_, token) = try #require(try await store.agents.redeem(issued.ticket, at: clock.now))
    return TestAgent(id: agent.id, token: token.secret)
  }

  func socket(of agent: String, fields: String = "", on open: RawConnection? = nil) async throws -> TestSocket {
    let port = port
    return try await onThread {
      try TestSocket(port: port, path: "/ws?agent_id=\(agent)", fields: fields, on: open)
    }
  }

  /// A socket whose agent is registered.
  func connect(_ agent: TestAgent, v3: Bool = false) async throws -> TestSocket {
    let socket = try await socket(of: agent.id, fields: v3 ? "Sec-WebSocket-Protocol: mesh.v3\r\n" : "")
    let answer = try await onThread {
      socket.send(agent.registration(v3: v3))
      return socket.receive()
    }
    guard case .text(let text) = answer, text.contains(#""status":"ok""#) else {
      throw Unexpected(status: 0, text: "\(answer)")
    }
    return socket
  }

  /// A socket on which the agent goes on with a task, of which the log has what was acknowledged and nothing more.
  func resume(_ task: AgentTask, of agent: TestAgent, acked: Int, last: Int) async throws -> TestSocket {
    let socket = try await socket(of: agent.id, fields: "Sec-WebSocket-Protocol: mesh.v3\r\n")
    let registration = agent.registration(resuming: task, acked: acked, last: last)
    let isRecovered = try await onThread {
      socket.send(registration)
      return socket.text(containing: "\"registered\"", "\"committed\":\(acked)") != nil
    }
    #expect(isRecovered)
    return socket
  }

  /// Whether the agent on that socket is answered.
  func isAlive(_ socket: TestSocket) async throws -> Bool {
    try await onThread {
      socket.send(#"{"type":"discover_agents"}"#)
      return socket.text(containing: "discover_agents_result") != nil
    }
  }
}
