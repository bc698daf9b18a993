import RegistryAPI
import RegistryStore
import TestSupport
import Testing

/// A request on its way to an agent and back.
@Suite struct RelayedTaskTests {
  @Test func `an agent of version 2 answers a task`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent)
    let task = try await AgentTask(server, agent, on: socket)
    _ = try await onThread {
      for delta in ["a", "b"] { socket.send(task.chunk(delta)) }
      return socket.send(task.frame("done", #","result":"ab""#))
    }
    let outcome = try await task.outcome()
    #expect(outcome.status == .completed)
    #expect(outcome.result == "ab")
  }

  @Test func `an agent of version 2 that comes back has lost its task`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent)
    let task = try await AgentTask(server, agent, on: socket)
    let newer = try await server.connect(agent)
    let outcome = try await task.outcome()
    #expect(outcome.status == .failed)
    #expect(outcome.errorCode == "agent_offline")
    withExtendedLifetime((socket, newer)) {}
  }

  @Test func `an agent that comes back is sent at once all that waits for it`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent, v3: true)
    let count = 10
    for _ in 0..<count {
      let answer = try await AgentTask.call(server, agent, String(repeating: "x", count: 200_000))
      let asked = try await onThread { socket.text(containing: "\"message\"") }
      #expect(answer.status == 202 && asked != nil)
    }
    let newer = try await server.connect(agent, v3: true)
    let received = try await onThread {
      (0..<count).filter { _ in newer.text(containing: "\"message\"") != nil }.count
    }
    #expect(received == count)
    withExtendedLifetime(socket) {}
  }

  @Test func `an agent that resumes goes on where the log ends`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent, v3: true)
    let task = try await AgentTask(server, agent, on: socket)
    let isCommitted = try await onThread {
      socket.send(task.acceptance)
      socket.send(task.chunk("a", seq: 1))
      return socket.text(containing: "\"ack\"", task.requestID) != nil
    }
    #expect(isCommitted)
    let newer = try await server.resume(task, of: agent, acked: 1, last: 2)
    _ = try await onThread {
      newer.send(task.chunk("a", seq: 1))
      newer.send(task.chunk("b", seq: 2))
      return newer.send(task.frame("done", seq: 3))
    }
    let outcome = try await task.outcome()
    #expect(outcome.status == .completed)
    #expect(outcome.result == "ab")
  }

  @Test func `a task of which the log takes nothing from its agent fails, and does not stay open`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let socket = try await server.connect(agent, v3: true)
    let task = try await AgentTask(server, agent, on: socket)
    // As after the registry's database alone was put back from a copy: its connections are counted anew.
    let entry = TaskAppend(
      requestID: task.requestID, attempt: 1, generation: 1_000, body: #"{"type":"accepted"}"#, accepts: true,
      at: server.clock.now)
    #expect(try await server.store.tasks.append([entry]).count == 1)
    let isStopped = try await onThread {
      socket.send(task.chunk("a", seq: 1))
      return socket.text(containing: "\"cancel\"", task.requestID) != nil
    }
    #expect(isStopped)
    #expect(try await task.outcome().errorCode == "agent_offline")
    // The next one is of the connections that are counted now.
    let next = try await AgentTask(server, agent, on: socket)
    _ = try await onThread {
      socket.send(next.chunk("b", seq: 1))
      return socket.send(next.frame("done", seq: 2))
    }
    #expect(try await next.outcome().result == "b")
  }
}
