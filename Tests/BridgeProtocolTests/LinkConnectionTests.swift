import BridgeProtocol
import Testing

@Suite struct LinkConnectionTests {
  @Test func `reconnects nearly at once, then later and later, to a limit`() {
    var harness = LinkHarness()
    harness.connect()
    harness.feed(.closed(nil))
    #expect(harness.link.deadline == .milliseconds(250))
    var pauses: [Duration] = []
    for _ in 0..<8 {
      #expect(harness.waitForTimer().steps == ["dial"])
      harness.feed(.failedToOpen(isFinal: false, reason: "refused"))
      pauses.append((harness.link.deadline ?? .zero) - harness.now)
    }
    #expect(pauses == pauses.sorted())
    #expect(pauses.first == .milliseconds(750))
    #expect(pauses.last == .seconds(30))
  }

  @Test(arguments: [(9, 750), (10, 250)])
  func `only a stable connection makes the next loss the first`(seconds: Int, milliseconds: Int) {
    var harness = LinkHarness()
    harness.connect()
    harness.feed(.closed(nil))
    harness.waitForTimer()
    harness.feed(.opened)
    harness.register()
    harness.now += .seconds(seconds)
    harness.feed(.closed(nil))
    #expect(harness.link.deadline == harness.now + .milliseconds(milliseconds))
  }

  @Test(arguments: [
    (CloseCode.replaced, LinkEnding.replaced), (.revoked, .revoked),
  ])
  func `some closes are final`(code: CloseCode, ending: LinkEnding) {
    var harness = LinkHarness()
    harness.connect()
    #expect(harness.feed(.closed(code)).last == .ended(ending))
    #expect(harness.feed(.start).isEmpty)
    #expect(harness.link.deadline == nil)
  }

  @Test(arguments: [CloseCode.normal, .policy, .tooBig, .restart, .heartbeat])
  func `others are not`(code: CloseCode) {
    var harness = LinkHarness()
    harness.connect()
    #expect(harness.feed(.closed(code)).steps == ["offline"])
    #expect(harness.waitForTimer().steps == ["dial"])
  }

  @Test func `a refused registration is final, with the bridge's words`() {
    var harness = LinkHarness()
    harness.feed(.start)
    harness.feed(.opened)
    let response = RegistrationResponse(status: .error, error: "Authentication failed")
    let actions = harness.feed(.received(.registered(response)))
    #expect(actions == [.close(.normal), .ended(.refused("Authentication failed"))])
  }

  @Test func `a registration that is not answered is tried again`() {
    var harness = LinkHarness()
    harness.feed(.start)
    harness.feed(.opened)
    #expect(harness.wait(.seconds(14)).isEmpty)
    #expect(harness.wait(.seconds(1)).steps == ["close 1000"])
    #expect(harness.waitForTimer().steps == ["dial"])
  }

  @Test func `pings, and takes silence for a lost connection`() {
    var harness = LinkHarness()
    harness.connect()
    #expect(harness.wait(.seconds(15)).steps == ["ping"])
    #expect(harness.wait(.seconds(15)).steps == ["ping"])
    #expect(harness.wait(.milliseconds(7_499)).isEmpty)
    #expect(harness.wait(.milliseconds(1)).steps == ["close 4008", "offline"])
  }

  @Test func `after a goaway opens the new connection first`() {
    var harness = LinkHarness()
    harness.connect()
    harness.run()
    harness.feed(.received(.goaway(.init(reason: "restart", reconnectAfterMs: 1_000, deadlineMs: 30_000))))
    #expect(harness.say(.text("a")).steps == ["journal 1", "send 1"])
    #expect(harness.link.deadline == .milliseconds(1_250))
    #expect(harness.waitForTimer().steps == ["dial"])
    #expect(harness.say(.text("b")).steps == ["journal 2", "send 2"])
    #expect(harness.feed(.opened).steps == ["register"])
    #expect(harness.say(.text("c")).steps == ["journal 3"])
    #expect(
      harness.register(recovered: [.init(requestId: "r", attempt: 1, committed: 1)]).steps
        == ["online", "discard 1", "read 2"])
  }

  @Test func `waking dials at once, or asks for a sign of life`() {
    var harness = LinkHarness()
    harness.connect()
    #expect(harness.feed(.woke).steps == ["ping"])
    #expect(harness.wait(.seconds(5)).steps == ["close 4008", "offline"])
    #expect(harness.feed(.woke).steps == ["dial"])
  }

  @Test func `a stop ends what runs with an error, and waits for its acknowledgement`() {
    var harness = LinkHarness()
    harness.connect()
    harness.run()
    #expect(harness.feed(.stop).steps == ["stop r", "journal 1", "send 1 error agent_offline"])
    let actions = harness.feed(.received(.ack(.init(requestId: "r", attempt: 1, seq: 1))))
    #expect(actions.steps == ["forget", "close 1000", "offline", "ended stopped"])
  }

  @Test func `a stop does not wait for ever`() {
    var harness = LinkHarness()
    harness.connect()
    harness.run()
    harness.feed(.stop)
    #expect(harness.wait(.seconds(5)).last == .ended(.stopped))
  }
}
