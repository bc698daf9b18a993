import BridgeProtocol
import HTTPTransport
import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

/// Calls that are sent again, and what many readers of one task get.
@Suite struct RepeatedCallTests {
  @Test func `a call that is sent again is the same task, also while its agent is away`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let headers: HTTPHeaders = ["Idempotency-Key": "k1"]
    let socket = try await server.connect(agent, v3: true)
    let task = try await AgentTask(server, agent, on: socket, headers: headers)
    let disconnection = Route.agentDisconnection.path([agent.id])
    #expect(try await server.send(.post, disconnection, token: agent.token).status == 200)
    let again = try await AgentTask.call(server, agent, headers: headers)
    #expect(again.status == 202)
    #expect(try WireCoding.decode(TaskSubmission.self, from: again.body).requestId == task.requestID)
    #expect(try await AgentTask.call(server, agent, headers: ["Idempotency-Key": "k2"]).status == 503)
    #expect(try await AgentTask.call(server, agent, "other", headers: headers).status == 409)
  }

  @Test func `what an agent offers for download is told to its caller`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent)
    let task = try await AgentTask(server, agent, on: socket)
    let offer = #"{"transfer_id":"t","zip_size":3,"zip_sha256":"00","file_count":1}"#
    _ = try await onThread { socket.send(task.frame("done", #","file_transfer_offer":\#(offer)"#)) }
    let expected = FileTransferOffer(transferId: "t", zipSize: 3, zipSha256: "00", fileCount: 1)
    #expect(try await task.outcome().fileTransferOffer == expected)
  }

  @Test func `200 readers that do not read keep nobody else from the answer`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent)
    let task = try await AgentTask(server, agent, on: socket)
    let (port, path) = (server.port, Route.taskEvents.path([agent.id, task.requestID]))
    let request = "GET \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(agent.token)\r\nConnection: close\r\n\r\n"
    let readers = try await onThread {
      try (0..<201).map { _ in
        let reader = try RawConnection(port: port)
        reader.write(request)
        return reader
      }
    }
    let delta = String(repeating: "x", count: 32 << 10)
    _ = try await onThread {
      for _ in 0..<128 { socket.send(task.chunk(delta)) }
      return socket.send(task.frame("done"))
    }
    let quick = try #require(readers.last)
    let reading = try await onThread {
      var bytes = 0
      while let part = quick.bytes(1_024) { bytes += part.count }
      return bytes
    }
    #expect(reading > 4 << 20)
    withExtendedLifetime(readers) {}
  }
}
