import BridgeProtocol
import Testing

@Suite struct RelayTimerTests {
  @Test(arguments: [(true, 300), (false, 30)])
  func `a request whose agent is away fails when the window ends`(v3: Bool, seconds: Int) {
    var harness = RelayHarness()
    harness.register(1, v3: v3)
    harness.submit()
    #expect(harness.feed(.disconnected(1)).contains(.presence(false)))
    #expect(harness.wait(.seconds(seconds - 1)).endings.isEmpty)
    #expect(harness.relay.deadline == .seconds(seconds))
    #expect(harness.wait(.seconds(1)).endings == ["r: agent_offline"])
  }

  @Test(arguments: [(false, 120), (true, 300)])
  func `heartbeats do not keep a silent request alive`(isAsync: Bool, seconds: Int) {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit(isAsync: isAsync)
    var endings: [String] = []
    for _ in 0..<(seconds / 10) {
      #expect(endings.isEmpty)
      harness.feed(.frame(1, .ping(Ping(ts: 1))))
      let actions = harness.wait(.seconds(10))
      endings += actions.endings
      if !endings.isEmpty { #expect(actions.kinds == ["cancel r"]) }
    }
    #expect(endings == ["r: timeout"])
  }

  @Test func `the clock of activity stands while the agent is away`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    harness.accept()
    harness.wait(.seconds(30))
    harness.feed(.disconnected(1))
    harness.wait(.seconds(200))
    harness.register(2, streams: [RelayHarness.stream(last: 0)])
    for _ in 0..<8 {
      harness.feed(.frame(2, .ping(Ping(ts: 1))))
      #expect(harness.wait(.seconds(11)).endings.isEmpty)
    }
    harness.feed(.frame(2, .ping(Ping(ts: 1))))
    #expect(harness.wait(.seconds(2)).endings == ["r: timeout"])
  }

  @Test func `the caller's deadline does not stand`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit(deadlineMs: 5_000)
    harness.feed(.disconnected(1))
    #expect(harness.wait(.seconds(5)).endings == ["r: timeout"])
  }

  @Test func `a cancellation that is not answered ends the request by itself`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    #expect(harness.feed(.cancel(requestId: "r")).kinds == ["cancel r"])
    #expect(harness.feed(.cancel(requestId: "r")).isEmpty)
    #expect(harness.wait(.seconds(9)).endings.isEmpty)
    #expect(harness.wait(.seconds(1)).endings == ["r: cancelled"])
    let late = harness.feed(
      .frame(
        1,
        .error(
          RequestFailure(sessionId: "s", requestId: "r", code: "cancelled", message: "", attempt: 1, seq: 1))))
    #expect(late.kinds == ["ack 1"])
    #expect(late.endings.isEmpty && late.violations == 0)
  }

  @Test(arguments: [(true, CloseCode.heartbeat, 37_500), (false, .normal, 50_000)])
  func `a connection that is silent is closed on time`(v3: Bool, code: CloseCode, milliseconds: Int) {
    var harness = RelayHarness()
    harness.register(1, v3: v3)
    #expect(harness.relay.deadline == .milliseconds(milliseconds))
    #expect(harness.wait(.milliseconds(milliseconds - 1)).isEmpty)
    #expect(harness.wait(.milliseconds(1)).closed == [code])
  }

  @Test(arguments: [(true, 37), (false, 49)])
  func `a connection lives while bytes come, however long a frame takes`(v3: Bool, seconds: Int) {
    var harness = RelayHarness()
    harness.register(1, v3: v3)
    for _ in 0..<5 {
      #expect(harness.wait(.seconds(seconds)).isEmpty)
      harness.feed(.heard(1))
      harness.feed(.heard(2))
    }
    #expect(harness.wait(.seconds(seconds + 1)).closed.count == 1)
  }

  @Test(arguments: [true, false])
  func `an agent that is disconnected for good loses its requests at once`(isRevoked: Bool) {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    let actions = harness.feed(isRevoked ? .revoked : .disconnect)
    #expect(actions.closed == [.revoked])
    #expect(actions.endings == ["r: agent_offline"])
    #expect(actions.contains(.presence(false)))
  }

  @Test func `a drain asks agents that can to connect anew`() {
    var harness = RelayHarness()
    harness.register(1)
    #expect(harness.feed(.drain(reconnectAfterMs: 5, deadlineMs: 9)).kinds == ["goaway"])
    harness.register(2, v3: false)
    #expect(harness.feed(.drain(reconnectAfterMs: 5, deadlineMs: 9)).isEmpty)
  }
}
