import BridgeProtocol
import Testing

@Suite struct LinkStateTests {
  @Test func `a start is recorded before it is accepted, and a frame is journaled before it is sent`() {
    var harness = LinkHarness()
    #expect(harness.connect().steps == ["online"])
    #expect(harness.feed(.received(.message(LinkHarness.message("r")))).steps == ["start r"])
    #expect(harness.feed(.started(requestId: "r", attempt: 1)).steps == ["accept r"])
    #expect(harness.say(.text("a")).steps == ["journal 1", "send 1"])
    #expect(harness.say(.done(attachments: [])).steps == ["journal 2", "send 2"])
    #expect(harness.feed(.received(.ack(.init(requestId: "r", attempt: 1, seq: 1)))).steps == ["discard 1"])
    #expect(harness.feed(.received(.ack(.init(requestId: "r", attempt: 1, seq: 2)))).steps == ["forget"])
  }

  @Test func `a repeated message is accepted and starts nothing, also when it has ended`() {
    var harness = LinkHarness()
    harness.connect()
    harness.feed(.received(.message(LinkHarness.message("r"))))
    #expect(harness.feed(.received(.message(LinkHarness.message("r")))).isEmpty)
    harness.feed(.started(requestId: "r", attempt: 1))
    #expect(harness.feed(.received(.message(LinkHarness.message("r")))).steps == ["accept r"])
    harness.say(.done(attachments: []))
    harness.feed(.received(.ack(.init(requestId: "r", attempt: 1, seq: 1))))
    #expect(harness.feed(.received(.message(LinkHarness.message("r")))).steps == ["accept r"])
  }

  @Test func `without credit it journals and does not send, and credit makes it read the journal`() {
    var harness = LinkHarness()
    harness.connect(window: .init(requestBytes: 4, connectionBytes: 100))
    harness.run()
    #expect(harness.say(.text("abcd")).steps == ["journal 1", "send 1"])
    #expect(harness.say(.text("e")).steps == ["journal 2"])
    #expect(harness.feed(.received(.credit(.init(requestId: "r", bytes: 4)))).steps == ["read 2"])
    let read = LinkState.Event.journaled(requestId: "r", attempt: 1, entries: [LinkHarness.entry(2, "e")])
    #expect(harness.feed(read).steps == ["send 2"])
    #expect(harness.say(.text("f")).steps == ["journal 3", "send 3"])
  }

  @Test func `what cannot be read back ends its request at once, and again after a reconnection`() {
    var harness = LinkHarness()
    harness.connect(window: .init(requestBytes: 4, connectionBytes: 100))
    harness.run()
    for text in ["abcd", "e", "f"] { harness.say(.text(text)) }
    #expect(harness.feed(.received(.credit(.init(requestId: "r", bytes: 4)))).steps == ["read 2"])
    let nothing = LinkState.Event.journaled(requestId: "r", attempt: 1, entries: [])
    #expect(harness.feed(nothing).steps == ["stop r", "forget", "send 2 error internal_error"])
    #expect(harness.say(.text("late")).isEmpty)

    #expect(harness.feed(.closed(nil)).steps == ["offline"])
    #expect(harness.waitForTimer().steps == ["dial"])
    harness.feed(.opened)
    let steps = harness.register(recovered: [.init(requestId: "r", attempt: 1, committed: 1)]).steps
    #expect(steps == ["online", "discard 1", "read 2"])
    #expect(harness.feed(nothing).steps == ["forget", "send 2 error internal_error"])
    #expect(harness.feed(.received(.ack(.init(requestId: "r", attempt: 1, seq: 2)))).steps == ["forget"])
  }

  @Test func `one request cannot use up the credit of the connection unseen`() {
    var harness = LinkHarness()
    harness.connect(window: .init(requestBytes: 100, connectionBytes: 4))
    harness.run("a")
    harness.run("b")
    #expect(harness.say(.text("abcd"), of: "a").steps == ["journal 1", "send 1"])
    #expect(harness.say(.text("e"), of: "b").steps == ["journal 1"])
    #expect(harness.feed(.received(.credit(.init(bytes: 4)))).steps == ["read 1"])
  }

  @Test func `goes on where the bridge stands, and gives up what the bridge does not have`() {
    var harness = LinkHarness(journal: [
      .init(requestId: "r", sessionId: "s", attempt: 1, acked: 1, last: 3, isRunning: true),
      .init(requestId: "t", sessionId: "s", attempt: 1, acked: 0, last: 2, isRunning: true),
    ])
    harness.feed(.start)
    guard case .send(.register(let registration)) = harness.feed(.opened).first else {
      Issue.record("no registration")
      return
    }
    #expect(registration.resume?.streams.map(\.lastOut) == [3, 2])
    let steps = harness.register(
      recovered: [.init(requestId: "r", attempt: 1, committed: 2)],
      lost: [.init(requestId: "t", attempt: 1, reason: "unknown")]
    ).steps
    #expect(steps == ["online", "discard 2", "stop t", "forget", "read 3"])
  }

  @Test func `sends again from a gap`() {
    var harness = LinkHarness()
    harness.connect()
    harness.run()
    for text in ["a", "b", "c"] { harness.say(.text(text)) }
    #expect(harness.feed(.received(.resend(.init(requestId: "r", attempt: 1, from: 2)))).steps == ["read 2"])
    #expect(harness.say(.text("d")).steps == ["journal 4"])
    let entries = [LinkHarness.entry(2, "b"), LinkHarness.entry(3, "c")]
    let steps = harness.feed(.journaled(requestId: "r", attempt: 1, entries: entries)).steps
    #expect(steps == ["send 2", "send 3", "read 4"])
  }

  @Test(arguments: [Int.min, -1, Int.max])
  func `numbers of a bridge that nothing can be reckoned with do no harm`(number: Int) {
    var harness = LinkHarness()
    harness.connect(window: .init(requestBytes: number, connectionBytes: number))
    harness.run()
    harness.say(.text("hello"))
    for requestId in ["r", nil] {
      harness.feed(.received(.credit(Credit(requestId: requestId, bytes: Int.max))))
      harness.feed(.received(.credit(Credit(requestId: requestId, bytes: Int.max))))
    }
    harness.feed(.received(.resend(ResendRequest(requestId: "r", attempt: 1, from: number))))
    harness.feed(.received(.ack(Acknowledgement(requestId: "r", attempt: 1, seq: number))))
    #expect(harness.link.isOnline)
  }

  @Test func `a cancelled run answers with an error, and says nothing more`() {
    var harness = LinkHarness()
    harness.connect()
    harness.run()
    let steps = harness.feed(.received(.cancel(.init(sessionId: "s", requestId: "r", attempt: 1)))).steps
    #expect(steps == ["stop r", "journal 1", "send 1 error cancelled"])
    #expect(harness.say(.text("late")).isEmpty)
  }

  @Test(
    arguments: [
      ("a", 400_000), ("ä", 100_001), ("👩‍👩‍👧", 20_000), ("", 0), ("a", 131_072), ("a", 131_073), ("\u{1B}", 100_000),
      ("\"\n", 100_000),
    ])
  func `long text is split, and is the same when it is joined`(character: String, count: Int) {
    var harness = LinkHarness()
    harness.connect(window: .init(requestBytes: 1 << 30, connectionBytes: 1 << 30))
    harness.run()
    let text = String(repeating: character, count: count)
    let chunks = harness.say(.text(text)).compactMap {
      if case .send(.chunk(let chunk)) = $0 { chunk } else { nil }
    }
    #expect(chunks.map(\.delta).joined() == text)
    #expect(chunks.allSatisfy { (1...131_072).contains($0.delta.utf8.count) })
    #expect(chunks.allSatisfy { FrameCoding.encode(AgentFrame.chunk($0)).count <= 262_144 })
  }

  @Test(
    arguments: [
      .artifact(String(repeating: "a", count: 131_073)), .artifact(String(repeating: "\u{1B}", count: 131_072)),
      .toolStart(id: "t", name: String(repeating: "a", count: 300_000)),
      .done(attachments: [.init(name: "a", url: String(repeating: "a", count: 300_000))]),
    ] as [RunEvent])
  func `an event that cannot be split fails its request`(event: RunEvent) {
    var harness = LinkHarness()
    harness.connect()
    harness.run()
    let steps = harness.say(event).steps
    #expect(steps == ["stop r", "journal 1", "send 1 error payload_too_large"])
  }

  @Test func `a bridge of version 2 gets no numbers, the whole text at the end, and nothing to resume`() {
    var harness = LinkHarness()
    harness.connect(v3: false)
    harness.feed(.received(.message(RequestMessage(sessionId: "s", requestId: "r", content: ""))))
    #expect(harness.feed(.started(requestId: "r", attempt: 1)).isEmpty)
    #expect(harness.say(.text("a")).steps == ["send chunk a"])
    #expect(harness.say(.done(attachments: [])).steps == ["send done a", "forget"])
    harness.feed(.received(.message(RequestMessage(sessionId: "s", requestId: "t", content: ""))))
    #expect(harness.feed(.closed(nil)).steps == ["stop t", "forget", "offline"])
  }

  @Test func `more requests than a registration can name are refused`() {
    var harness = LinkHarness()
    harness.connect()
    for number in 0..<50 { harness.run("r\(number)") }
    let steps = harness.feed(.received(.message(LinkHarness.message("x")))).steps
    #expect(steps == ["send 1 error agent_busy"])
  }

  @Test func `skills are announced after the registration, and when they change`() {
    var harness = LinkHarness()
    let skill = CarriedSkill(reference: "acme/a", version: "1.0.0", treeDigest: "t1:", description: "")
    #expect(harness.feed(.skills([skill])).isEmpty)
    #expect(harness.connect().steps == ["online", "skills"])
    #expect(harness.feed(.skills([skill])).isEmpty)
    #expect(harness.feed(.skills([])).steps == ["skills"])
  }
}
