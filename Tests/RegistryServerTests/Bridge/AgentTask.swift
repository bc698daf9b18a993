import HTTPTransport
import RegistryAPI
import TestSupport

@testable import RegistryServer

/// A person with an agent that is connected, and a task of it.
struct AgentTask {
  let server: TestServer
  let agent: TestAgent
  /// That of the person, who calls the own agent.
  let token: String
  let requestID: String
  let session: String

  /// - Parameter socket: That of the agent.
  init(_ server: TestServer, _ agent: TestAgent, on socket: TestSocket, headers: HTTPHeaders = [:]) async throws {
    let answer = try await Self.call(server, agent, headers: headers)
    guard answer.status == 202 else { throw TestServer.Unexpected(status: answer.status, text: answer.text) }
    let task = try WireCoding.decode(TaskSubmission.self, from: answer.body)
    (self.server, self.agent, token) = (server, agent, agent.token)
    (requestID, session) = (task.requestId, task.sessionKey ?? "")
    let id = requestID
    guard try await onThread({ socket.text(containing: "\"message\"", id) }) != nil else {
      throw TestServer.Unexpected(status: 0, text: "the agent was not asked")
    }
  }

  /// Of a person whose name is new.
  static func agent(of name: String, on server: TestServer) async throws -> TestAgent {
    let account = try await server.signUp(name)
    return try await server.newAgent("helper", token: try await server.newToken(of: account))
  }

  static func call(
    _ server: TestServer, _ agent: TestAgent, _ text: String = "hello", headers: HTTPHeaders = [:]
  ) async throws -> HTTPResponse {
    var headers = headers
    headers["Content-Type"] = "application/json"
    let body = CallRequest(taskDescription: text, mode: .async)
    return try await server.send(
      .post, Route.agentCall.path([agent.id]), headers: headers, body: .bytes(WireCoding.encode(body)),
      token: agent.token)
  }

  /// A frame about the task; the numbers are those of `mesh.v3`.
  func frame(_ type: String, _ fields: String = "", seq: Int? = nil) -> String {
    let numbers = seq.map { #","attempt":1,"seq":\#($0)"# } ?? ""
    return #"{"type":"\#(type)","session_id":"\#(session)","request_id":"\#(requestID)"\#(numbers)\#(fields)}"#
  }

  func chunk(_ delta: String, seq: Int? = nil) -> String { frame("chunk", #","delta":"\#(delta)""#, seq: seq) }

  var acceptance: String { #"{"type":"accept","request_id":"\#(requestID)","attempt":1}"# }

  /// What became of it, on the server that there is now.
  func outcome(on other: TestServer? = nil) async throws -> TaskStatus {
    let path = Route.taskStatus.path([agent.id, requestID])
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let answer = try await (other ?? server).send(.get, path, token: token)
      let status = try WireCoding.decode(TaskStatus.self, from: answer.body)
      if status.status == .completed || status.status == .failed || .now > deadline { return status }
      // Seldom enough for the rate of polls, however long it takes.
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
