import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

/// What one address, one message and one agent that does not read may cost.
@Suite struct SocketLimitTests {
  @Test func `agents that are registered take no connections from their address`() async throws {
    var limits = RegistryLimits()
    limits.countsLoopback = true
    limits.connectionsPerAddress = 4
    limits.rates = [:]
    let server = try await TestServer.start(limits: limits)
    var sockets: [TestSocket] = []
    for number in 0..<8 { sockets.append(try await server.connect(try await server.newAgent("helper-\(number)"))) }
    #expect(try await server.send(.get, Route.health.rawValue).status == 200)
    for socket in sockets { #expect(try await server.isAlive(socket)) }
  }

  @Test func `1,000 sockets that never register do not disturb an agent`() async throws {
    var limits = RegistryLimits()
    limits.unregisteredSockets = 2_000
    limits.unregisteredSocketsPerAddress = 2_000
    limits.registrationTimeout = 600
    let server = try await TestServer.start(limits: limits)
    let agent = try await server.newAgent()
    let live = try await server.connect(agent)
    var strangers: [TestSocket] = []
    for _ in 0..<10 {
      let port = server.port
      let more = try await onThread {
        try (0..<100).map { _ in try TestSocket(port: port, path: "/ws?agent_id=\(agent.id)") }
      }
      strangers += more
      #expect(try await server.isAlive(live))
    }
    #expect(strangers.count { $0.isOpen } == 1_000)
  }

  @Test(arguments: [true, false])
  func `a message has at most 256 KiB, and 8 MiB of an agent of version 2`(v3: Bool) async throws {
    let server = try await TestServer.start()
    let socket = try await server.connect(try await server.newAgent(), v3: v3)
    let padding = String(repeating: "x", count: 300 << 10)
    let frame = #"{"type":"discover_agents","capability":"a","padding":"\#(padding)"}"#
    let answer = try await onThread {
      socket.send(frame)
      return socket.receive()
    }
    if v3 {
      // It is closed while the rest of the message is on its way, which may take the answer with it.
      #expect(answer.isClose(1009) || answer == .end)
      return
    }
    guard case .text = answer else {
      Issue.record("\(answer)")
      return
    }
    let refusal = try await onThread {
      socket.announce(9 << 20)
      return socket.receive()
    }
    #expect(refusal.isClose(1009))
  }

  @Test func `a message comes in 64 fragments at the most, with others between them`() async throws {
    let server = try await TestServer.start()
    let socket = try await server.connect(try await server.newAgent())
    let answer = try await onThread {
      socket.send(opcode: 1, Array(#"{"type":"#.utf8), isFinal: false)
      socket.send(opcode: 9, [1])
      socket.send(opcode: 0, Array(#""discover"#.utf8), isFinal: false)
      socket.send(opcode: 0, Array(#"_agents"}"#.utf8))
      return socket.text(containing: "discover_agents_result")
    }
    #expect(answer != nil)
    let refusal = try await onThread {
      socket.send(opcode: 1, [0x20], isFinal: false)
      for _ in 0..<70 { socket.send(opcode: 0, [0x20], isFinal: false) }
      return socket.receive()
    }
    #expect(refusal.isClose(1009) || refusal == .end)
  }

  @Test func `an agent that does not read is let go, and disturbs no other`() async throws {
    var limits = RegistryLimits()
    limits.socketStallTimeout = 1
    limits.rates = [:]
    let server = try await TestServer.start(limits: limits)
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let stuck = try await server.connect(agent, v3: true)
    let live = try await server.connect(try await server.newAgent("other"))
    let text = String(repeating: "x", count: 200 << 10)
    var isTaken = true
    for _ in 0..<100 where isTaken { isTaken = try await AgentTask.call(server, agent, text).status == 202 }
    // What does not overflow its queue stalls.
    var isOnline = true
    let deadline = ContinuousClock.now + .seconds(60)
    while isOnline, ContinuousClock.now < deadline {
      let answer = try await server.send(.get, Route.agentStatus.path([agent.id]), token: agent.token)
      isOnline = try WireCoding.decode(AgentPresence.self, from: answer.body).online
    }
    #expect(!isOnline)
    #expect(try await server.isAlive(live))
    withExtendedLifetime(stuck) {}
  }
}
