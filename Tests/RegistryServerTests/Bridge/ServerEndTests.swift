import HTTPTransport
import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

/// A server that is told to stop, and another that goes on from its folder.
@Suite struct ServerEndTests {
  @Test func `agents are told to come back: those of mesh.v3 by goaway, the others by the code of their close`()
    async throws
  {
    let server = try await TestServer.start()
    let newer = try await server.connect(try await server.newAgent("newer"), v3: true)
    let older = try await server.connect(try await server.newAgent("older"))
    async let end: Void = server.stop()
    let isAsked = try await onThread { newer.text(containing: "\"goaway\"", "reconnect_after_ms") != nil }
    #expect(isAsked)
    #expect(try await onThread { newer.receive() }.isClose(1012))
    #expect(try await onThread { older.receive() }.isClose(1012))
    try await end
  }

  @Test func `a stream ends without an ending of its task, and goes on after a restart`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent, v3: true)
    let task = try await AgentTask(server, agent, on: socket)
    _ = try await onThread {
      socket.send(task.acceptance)
      socket.send(task.chunk("before", seq: 1))
      return socket.text(containing: "\"ack\"", task.requestID)
    }
    let stream = try await events(of: task, after: nil, on: server)
    #expect(try await onThread { stream.reading(until: "before").end } == .found)
    async let rest = onThread { stream.read() }
    try await server.stop()
    let ended = try await rest
    #expect(!ended.contains(#""type":"done""#) && !ended.contains(#""type":"error""#))

    let next = try await server.restarted()
    let again = try await next.resume(task, of: agent, acked: 1, last: 1)
    _ = try await onThread {
      again.send(task.chunk(" after", seq: 2))
      return again.send(task.frame("done", seq: 3))
    }
    #expect(try await task.outcome(on: next).result == "before after")
    // `accepted` is the first event, and the text the second.
    let resumed = try await events(of: task, after: 2, on: next)
    let text = try await onThread { resumed.reading(until: #""type":"done""#).text }
    #expect(text.contains(" after") && !text.contains("before"))
  }

  @Test func `a task that nobody has taken is given to its agent after a restart`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent, v3: true)
    let task = try await AgentTask(server, agent, on: socket)
    try await server.stop()
    let next = try await server.restarted()
    let again = try await next.connect(agent, v3: true)
    let id = task.requestID
    #expect(try await onThread { again.text(containing: "\"message\"", id, "hello") } != nil)
  }

  private func events(of task: AgentTask, after: Int?, on server: TestServer) async throws -> RawConnection {
    let (port, path) = (server.port, Route.taskEvents.path([task.agent.id, task.requestID]))
    let position = after.map { "Last-Event-ID: \($0)\r\n" } ?? ""
    let token = task.token
    return try await onThread {
      let connection = try RawConnection(port: port)
      connection.write("GET \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\(position)\r\n")
      return connection
    }
  }
}
