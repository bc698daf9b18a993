import BridgeProtocol
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

@testable import RegistryServer

/// Signals of WebRTC between callers without a socket and agents.
@Suite struct SignalTests {
  private func send(
    _ server: TestServer, _ agent: TestAgent, _ type: String, transfer: String = "t", token: String
  ) async throws -> HTTPResponse {
    try await server.sendJSON(
      .post, Route.agentSignal.path([agent.id]),
      SignalRequest(transferId: transfer, signalType: type, payload: "v=0"), token: token)
  }

  private func answer(_ payload: String) -> String {
    #"{"type":"rtc_signal","transfer_id":"t","target_agent_id":"http-caller","signal_type":"answer","#
      + #""payload":"\#(payload)"}"#
  }

  @Test func `an offer reaches the agent, and its answer the caller alone`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    try await server.reveal(agent)
    let stranger = try await server.newToken(of: server.signUp("bob"))
    let socket = try await server.connect(agent)
    #expect(try await send(server, agent, "offer", token: agent.token).status == 200)
    let answered = try await onThread { [answer = answer("v=1")] in
      let offer = socket.text(containing: "\"rtc_signal_relay\"", "\"http-caller\"", "\"offer\"")
      return offer != nil && socket.send(answer)
    }
    #expect(answered)
    // What follows on its socket is handled after it.
    #expect(try await server.isAlive(socket))
    #expect(try await send(server, agent, "poll", token: stranger).status == 404)
    let signals = try WireCoding.decode(
      SignalResponse.self, from: try await send(server, agent, "poll", token: agent.token).body)
    #expect(signals.signals == [SignalBody(signalType: "answer", payload: "v=1")])
    let again = try WireCoding.decode(
      SignalResponse.self, from: try await send(server, agent, "poll", token: agent.token).body)
    #expect(again.signals.isEmpty)
  }

  @Test func `without its agent a signal is refused, and asking for others is not`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    #expect(try await send(server, agent, "poll", token: agent.token).status == 200)
    #expect(try await send(server, agent, "offer", token: agent.token).status == 503)
    #expect(try await send(server, agent, "nonsense", token: agent.token).status == 422)
    let long = String(repeating: "t", count: 200)
    #expect(try await send(server, agent, "poll", transfer: long, token: agent.token).status == 422)
  }

  @Test func `a signal with a long name goes to no other agent`() async throws {
    let server = try await TestServer.start()
    let sending = try await AgentTask.agent(of: "ann", on: server)
    let other = try await server.newAgent("other", token: sending.token)
    let sender = try await server.connect(sending)
    let receiver = try await server.connect(other)
    func signal(_ transfer: String, _ type: String) -> String {
      #"{"type":"rtc_signal","transfer_id":"\#(transfer)","target_agent_id":"\#(other.id)","#
        + #""signal_type":"\#(type)","payload":"v=0"}"#
    }
    let long = String(repeating: "n", count: 129)
    let frames = [signal(long, "offer"), signal("t", long), signal("t", "offer")]
    let relayed = try await onThread {
      for frame in frames { sender.send(frame) }
      return receiver.text(containing: "\"rtc_signal_relay\"")
    }
    #expect(relayed?.contains("nnn") == false)
  }
}

/// What is kept for callers.
@Suite struct SignalBuffersTests {
  private func signal(_ payload: String, transfer: String = "t") -> OutgoingSignal {
    OutgoingSignal(
      transferId: transfer, targetAgentId: SignalBuffers.caller, signalType: "candidate", payload: payload)
  }

  @Test func `too many signals end their transfer`() throws {
    let buffers = SignalBuffers()
    let caller = SignalCaller.account(AccountID(1))
    _ = try buffers.contact("t", with: "a", by: caller, at: .zero)
    for _ in 0..<201 { buffers.add(signal("x"), from: "a") }
    #expect { try buffers.contact("t", with: "a", by: caller, at: .zero) } throws: {
      ($0 as? MeshError)?.code == .payloadTooLarge
    }
    #expect(try buffers.contact("t", with: "a", by: caller, at: .zero).isEmpty)
  }

  @Test func `a caller has 10 transfers with an agent, however many are left for others`() throws {
    let buffers = SignalBuffers()
    let caller = SignalCaller.account(AccountID(1))
    for number in 0..<10 { _ = try buffers.contact("\(number)", with: "a", by: caller, at: .zero) }
    #expect { try buffers.contact("t", with: "a", by: caller, at: .zero) } throws: {
      ($0 as? MeshError)?.code == .tooManyRequests
    }
    _ = try buffers.contact("0", with: "a", by: caller, at: .zero)
    _ = try buffers.contact("t", with: "a", by: .account(AccountID(2)), at: .zero)
    _ = try buffers.contact("t", with: "b", by: caller, at: .zero)
  }

  @Test func `an agent has 100 transfers, and each lasts a minute after its last contact`() throws {
    let buffers = SignalBuffers()
    let callers = (0..<11).map { SignalCaller.platform(clientID: "\($0)") }
    for number in 0..<100 { _ = try buffers.contact("\(number)", with: "a", by: callers[number / 10], at: .zero) }
    #expect { try buffers.contact("t", with: "a", by: callers[10], at: .zero) } throws: {
      ($0 as? MeshError)?.code == .tooManyRequests
    }
    _ = try buffers.contact("0", with: "a", by: callers[0], at: .seconds(30))
    buffers.expire(at: .seconds(60))
    _ = try buffers.contact("t", with: "a", by: callers[10], at: .seconds(60))
    let other = SignalCaller.platform(clientID: "d")
    #expect { try buffers.contact("0", with: "a", by: other, at: .seconds(60)) } throws: {
      ($0 as? MeshError)?.code == .notFound
    }
    _ = try buffers.contact("1", with: "a", by: other, at: .seconds(60))
  }

  /// Two tenants, each with an agent, whose transfers have the same names.
  @Test func `in 10,000 random orders nothing of one tenant reaches the other`() throws {
    var generator = SplitMix64(seed: 41)
    let callers = [SignalCaller.account(AccountID(1)), .account(AccountID(2))]
    let buffers = SignalBuffers()
    var owners: [String: (tenant: Int, contact: Duration)] = [:]
    var (received, now) = (0, Duration.zero)
    for _ in 0..<10_000 {
      let (tenant, agent) = (Int.random(in: 0...1, using: &generator), Int.random(in: 0...1, using: &generator))
      let transfer = "t\(Int.random(in: 0...2, using: &generator))"
      switch Int.random(in: 0...9, using: &generator) {
      case 0...4: buffers.add(signal("agent-\(agent)", transfer: transfer), from: "agent-\(agent)")
      case 5...8:
        let signals = try? buffers.contact(transfer, with: "agent-\(agent)", by: callers[tenant], at: now)
        let isOthers = owners["\(agent) \(transfer)"].map { $0.tenant != tenant } ?? false
        #expect((signals == nil) == isOthers)
        #expect((signals ?? []).allSatisfy { $0.payload == "agent-\(agent)" })
        if signals != nil { owners["\(agent) \(transfer)"] = (tenant, now) }
        received += signals?.count ?? 0
      default:
        now += .seconds(20)
        buffers.expire(at: now)
        owners = owners.filter { now - $0.value.contact < .seconds(60) }
      }
    }
    #expect(received > 0)
  }
}
