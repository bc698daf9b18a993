import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

@testable import RegistryServer

/// Asking an agent: who may, and what is refused before it hears of it.
@Suite struct CallTests {
  private func call(
    _ scene: AgentScene, _ agent: AgentSummary, _ body: CallRequest = CallRequest(taskDescription: "Do it."),
    headers: HTTPHeaders = [:], token: String? = nil
  ) async throws -> HTTPResponse {
    var headers = headers
    headers["Content-Type"] = "application/json"
    return try await scene.server.send(
      .post, Route.agentCall.path([agent.id]), headers: headers, body: .bytes(WireCoding.encode(body)),
      token: token ?? scene.bobToken)
  }

  @Test(arguments: [CallMode.async, .stream, nil])
  func `an agent that is not connected takes no call`(mode: CallMode?) async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    let answer = try await call(scene, agent, CallRequest(taskDescription: "Do it.", mode: mode))
    #expect(answer.status == 503)
    #expect(try answer.json()["code"] as? String == "agent_offline")
    let chat = try await scene.server.sendJSON(
      .post, Route.agentChat.path([agent.id]), ChatRequest(message: "Hello.", mode: mode), token: scene.bobToken)
    #expect(chat.status == 503)
  }

  @Test func `there is something to ask`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    #expect(try await call(scene, agent, CallRequest(taskDescription: " \n")).status == 422)
  }

  @Test func `nobody calls for an agent of somebody else, and no agent calls itself`() async throws {
    let scene = try await AgentScene()
    let (target, other) = (try await scene.published("reviewer"), try await scene.published("writer"))
    func asked(for agent: String, token: String) async throws -> Int {
      try await call(scene, target, headers: ["X-Caller-Agent-Id": .init(agent)], token: token).status
    }
    #expect(try await asked(for: other.id, token: scene.bobToken) == 403)
    #expect(try await asked(for: "nonsense", token: scene.bobToken) == 403)
    #expect(try await asked(for: target.id, token: scene.adaToken) == 422)
    #expect(try await asked(for: other.id, token: scene.adaToken) == 503)
  }

  @Test(arguments: [(7, 503), (8, 429)])
  func `a call has come through eight agents at most`(hops: Int, status: Int) async throws {
    let scene = try await AgentScene()
    let (target, other) = (try await scene.published("reviewer"), try await scene.published("writer"))
    _ = try await scene.server.store.tasks.create(
      NewTask(
        requestID: "r", callID: "c", agent: other.id, sessionKey: "s", callerAccount: nil, kind: .call, isAsync: true,
        content: "Do it.", hops: hops, createdAt: scene.server.clock.now))
    let answer = try await call(
      scene, target, headers: ["X-Caller-Agent-Id": .init(other.id)], token: scene.adaToken)
    #expect(answer.status == status)
  }

  @Test func `an agent that takes no calls of agents takes none`() async throws {
    let scene = try await AgentScene()
    let limits = AgentLimitValues(maxCallsPerHour: 0, maxCallsPerUserPerDay: 0, allowA2A: false)
    let (target, other) = (try await scene.published("reviewer", limits: limits), try await scene.published("writer"))
    let answer = try await call(
      scene, target, headers: ["X-Caller-Agent-Id": .init(other.id)], token: scene.adaToken)
    #expect(answer.status == 403)
  }

  @Test func `a conversation goes on only for whom and with what its key names`() throws {
    let (ada, bob) = (AccountID(1), AccountID(2))
    let (reviewer, writer) = (AgentID(), AgentID())
    let key = SessionKey(of: ada, with: reviewer)
    #expect(key.text.hasPrefix("ah:1:\(reviewer.rawValue):"))
    #expect(try SessionKey(resuming: key.text, of: ada, with: reviewer) == key)
    for (account, agent) in [(bob, reviewer), (ada, writer), (bob, writer)] {
      #expect { try SessionKey(resuming: key.text, of: account, with: agent) } throws: {
        ($0 as? MeshError)?.code == .forbidden
      }
    }
    for text in ["", "ah:1", "ah:1:\(reviewer.rawValue):x", "a2a-1", key.text + ":", "x" + key.text] {
      #expect { try SessionKey(resuming: text, of: ada, with: reviewer) } throws: {
        ($0 as? MeshError)?.code == .validationError
      }
    }
  }

  @Test func `the key of somebody else is refused before anything is asked`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    let id = try #require(AgentID(parsing: agent.id))
    let key = SessionKey(of: scene.ada.id, with: id).text
    let chat = Route.agentChat.path([agent.id])
    let byBody = ChatRequest(message: "Hello.", sessionKey: key)
    #expect(try await scene.server.sendJSON(.post, chat, byBody, token: scene.bobToken).status == 403)
    #expect(try await scene.server.sendJSON(.post, chat, byBody, token: scene.adaToken).status == 503)
    let byHeader = try await scene.server.send(
      .post, chat, headers: ["X-Session-Key": .init(key), "Content-Type": "application/json"],
      body: .bytes(WireCoding.encode(ChatRequest(message: "Hello."))), token: scene.bobToken)
    #expect(byHeader.status == 403)
  }

  @Test func `whoever there is no room to answer has asked nothing`() async throws {
    let scene = try await AgentScene { $0.limits.outstanding = $0.limits.eventStreamCost }
    let (server, token) = (scene.server, scene.adaToken)
    let agent = try await server.newAgent(token: token)
    let socket = try await server.connect(agent)
    let task = try await AgentTask(server, agent, on: socket)
    let (port, path) = (server.port, Route.taskEvents.path([agent.id, task.requestID]))
    let reader = try await onThread {
      let connection = try RawConnection(port: port)
      connection.write("GET \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n")
      #expect(connection.reading(until: "start").end == .found)
      return connection
    }
    let call = CallRequest(taskDescription: "More.", mode: .stream)
    let chat = ChatRequest(message: "More.", mode: .stream)
    #expect(try await server.sendJSON(.post, Route.agentCall.path([agent.id]), call, token: token).status == 503)
    #expect(try await server.sendJSON(.post, Route.agentChat.path([agent.id]), chat, token: token).status == 503)
    #expect(try await server.store.tasks.open(of: agent.id).map(\.requestID) == [task.requestID])
    withExtendedLifetime((reader, socket)) {}
  }
}
