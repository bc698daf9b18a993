import RegistryServer
import TestSupport
import Testing

/// Who may speak for an agent.
@Suite struct RegistrationTests {
  enum Fault: CaseIterable {
    case notJSON, otherFrame, version, unknownToken, otherAgent
  }

  private func firstFrame(_ fault: Fault, _ agent: TestAgent) -> String {
    switch fault {
    case .notJSON: "{"
    case .otherFrame: #"{"type":"heartbeat","active_sessions":0,"uptime_ms":1}"#
    case .version: agent.registration(version: "\"2abc\"")
    case .unknownToken: agent.registration(token: "ah_nobody")
    case .otherAgent: agent.registration(agent: "3f0c1c9e-58a3-4c0e-9b60-0d5a3a1c2b4d")
    }
  }

  private func answer(_ fault: Fault) -> (error: String, reason: String) {
    switch fault {
    case .notJSON: ("Invalid JSON", "Invalid JSON")
    case .otherFrame: ("First message must be register", "Expected register")
    case .version: ("Unsupported protocol version 2abc, expected 2", "Version mismatch")
    case .unknownToken, .otherAgent: ("Authentication failed", "Auth failed")
    }
  }

  @Test(arguments: Fault.allCases)
  func `a first frame that is no good registration is answered and ends the socket`(fault: Fault) async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    let socket = try await server.socket(of: agent.id)
    let frame = firstFrame(fault, agent)
    let (first, second) = try await onThread {
      socket.send(frame)
      return (socket.receive(), socket.receive())
    }
    let expected = answer(fault)
    guard case .text(let text) = first else {
      Issue.record("\(first)")
      return
    }
    #expect(text.contains(#""status":"error""#))
    #expect(text.contains(expected.error))
    #expect(second == .close(1008, expected.reason))
  }

  @Test func `a socket that does not register in time is closed`() async throws {
    var limits = RegistryLimits()
    limits.registrationTimeout = 1
    let server = try await TestServer.start(limits: limits)
    let agent = try await server.newAgent()
    let socket = try await server.socket(of: agent.id)
    #expect(try await onThread { socket.receive() } == .close(1008, "Register timeout"))
  }

  @Test func `a first frame of more than 8 KiB is not gathered`() async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    let socket = try await server.socket(of: agent.id)
    let answer = try await onThread {
      // The other side may have closed before all of it is written.
      socket.send(String(repeating: "x", count: 20_000))
      return socket.receive()
    }
    #expect(answer == .close(1009, "First message too big") || answer == .end)
  }

  @Test func `a newer connection of the agent takes the place of the older one`() async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    let older = try await server.connect(agent)
    let newer = try await server.connect(agent)
    #expect(try await onThread { older.receive() }.isClose(4001))
    let isAlive = try await onThread {
      newer.send(#"{"type":"discover_agents"}"#)
      return newer.text(containing: "discover_agents_result") != nil
    }
    #expect(isAlive)
  }

  /// Address and frame name the agent of the victim or of the attacker, whose token it is.
  @Test(arguments: [(true, true), (true, false), (false, true)])
  func `nobody takes the place of another's agent`(addressesVictim: Bool, namesVictim: Bool) async throws {
    let server = try await TestServer.start()
    let victim = try await server.newAgent()
    let attacker = try await server.newAgent("thief", token: try await TestServer.newToken("mallory", server.store))
    let live = try await server.connect(victim)
    let socket = try await server.socket(of: addressesVictim ? victim.id : attacker.id)
    let frame = attacker.registration(agent: namesVictim ? victim.id : attacker.id)
    let answers = try await onThread {
      socket.send(frame)
      return [socket.receive(), socket.receive()]
    }
    #expect(answers.last == .close(1008, "Auth failed"))
    let isAlive = try await onThread {
      live.send(#"{"type":"discover_agents"}"#)
      return live.text(containing: "discover_agents_result") != nil
    }
    #expect(isAlive)
  }

  @Test func `the agent of somebody else connects beside it`() async throws {
    let server = try await TestServer.start()
    let live = try await server.connect(server.newAgent())
    let other = try await server.newAgent("other", token: try await TestServer.newToken("mallory", server.store))
    let beside = try await server.connect(other)
    #expect(try await server.isAlive(live))
    #expect(try await server.isAlive(beside))
  }

  @Test func `the fourth connection within a minute waits before it takes the place of the third`() async throws {
    let server = try await TestServer.start()
    let agent = try await server.newAgent()
    var live = try await server.connect(agent)
    for _ in 0..<3 { live = try await server.connect(agent) }
    let held = try await server.socket(of: agent.id)
    let (start, third) = (ContinuousClock.now, live)
    let answer = try await onThread {
      held.send(agent.registration())
      return held.text(containing: "\"registered\"", "\"ok\"")
    }
    #expect(answer != nil)
    #expect(ContinuousClock.now - start >= .seconds(9))
    #expect(try await onThread { third.receive() }.isClose(4001))
  }

  @Test func `a revoked token closes the socket that it opened`() async throws {
    let server = try await TestServer.start()
    let account = try await server.signUp("ann")
    let agent = try await server.newAgent(token: try await server.newToken(of: account))
    let socket = try await server.connect(agent)
    _ = try await server.store.accounts.revokeTokens(nil, of: account.handle, at: server.clock.now)
    #expect(try await onThread { socket.receive() }.isClose(4002))
  }
}

extension TestSocket.Received {
  func isClose(_ code: UInt16) -> Bool {
    if case .close(code, _) = self { true } else { false }
  }
}
