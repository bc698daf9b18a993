import BridgeProtocol
import Testing

@Suite struct RelayStateTests {
  @Test func `a request is accepted, runs and ends once`() {
    var harness = RelayHarness()
    harness.register(1)
    #expect(harness.submit().kinds == ["message r"])
    #expect(harness.accept() == [.append(.init(requestId: "r", attempt: 1, seq: nil, event: .accepted))])
    #expect(harness.chunk(1).numbers == [1])
    #expect(harness.done(2).endings == ["r: done"])
    let late = harness.chunk(3)
    #expect(late.numbers.isEmpty && late.violations == 1)
  }

  @Test(arguments: [true, false])
  func `an answer that comes whole is in the log once, as text`(hasParts: Bool) {
    var harness = RelayHarness()
    harness.register(1, v3: false)
    harness.submit()
    if hasParts { harness.chunk(nil, "Who") }
    let done = Completion(sessionId: "s", requestId: "r", result: "Whole.")
    let logged = harness.feed(.frame(1, .done(done))).compactMap { action in
      if case .append(let entry) = action { entry.event } else { nil }
    }
    let text = TaskEventBody.chunk(delta: "Whole.", kind: .text, toolName: nil, toolCallId: nil)
    let ending = TaskEventBody.done(result: nil, attachments: [], fileTransferOffer: nil)
    #expect(logged == (hasParts ? [ending] : [text, ending]))
  }

  @Test(arguments: [true, false])
  func `a long text of version 2 is in the log in parts`(isWhole: Bool) {
    var harness = RelayHarness()
    harness.register(1, v3: false)
    harness.submit()
    let text = String(repeating: "\u{E9}", count: 100_000)
    let frame: AgentFrame =
      isWhole
      ? .done(Completion(sessionId: "s", requestId: "r", result: text))
      : .chunk(Chunk(sessionId: "s", requestId: "r", delta: text))
    let parts = harness.feed(.frame(1, frame)).compactMap { action -> String? in
      guard case .append(let entry) = action, case .chunk(let delta, _, _, _) = entry.event else { return nil }
      return delta
    }
    #expect(parts.count == 4 && parts.allSatisfy { $0.utf8.count <= 65_536 })
    #expect(parts.joined() == text)
  }

  @Test func `of the reason of a failure the beginning is in the log`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    let long = String(repeating: "x", count: 200_000)
    let failure = RequestFailure(sessionId: "s", requestId: "r", code: long, message: long, attempt: 1, seq: 1)
    let event = TaskEventBody.failed(code: String(long.prefix(100)), message: String(long.prefix(8_192)))
    let logged = harness.feed(.frame(1, .error(failure)))
    #expect(logged == [.append(.init(requestId: "r", attempt: 1, seq: 1, event: event))])
  }

  @Test func `acknowledges after the commit, and not before`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    #expect(harness.chunk(1).frames.isEmpty)
    #expect(harness.feed(.committed(requestId: "r", attempt: 1, seq: 1, bytes: 1)).kinds == ["ack 1"])
  }

  @Test(arguments: [true, false])
  func `ends a request of which the log takes nothing, once, and has its agent forget it`(isEnding: Bool) {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    harness.chunk(1)
    if isEnding { harness.done(2) }
    let actions = harness.feed(.lost(requestId: "r"))
    #expect(actions.kinds == [isEnding ? "ack 2" : "cancel r"])
    #expect(actions.endings == ["r: agent_offline"])
    harness.feed(.disconnected(1))
    #expect(harness.relay.deadline == nil)
    #expect(harness.feed(.lost(requestId: "r")).isEmpty)
  }

  @Test func `gives credit back after the commit, by quarters of the window`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    let text = String(repeating: "x", count: 65_536)
    #expect(harness.chunk(1, text).frames.isEmpty)
    let kinds = harness.feed(.committed(requestId: "r", attempt: 1, seq: 1, bytes: 65_536)).kinds
    #expect(kinds == ["credit r 65536", "ack 1"])
  }

  @Test func `an agent gets back the credit of a request that has ended before its answer`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    let text = String(repeating: "x", count: 131_072)
    for number in 1...2 { harness.chunk(number, text) }
    #expect(harness.feed(.lost(requestId: "r")).kinds == ["credit r 262144", "cancel r"])
    #expect(harness.chunk(3, text).kinds == ["ack 3", "credit r 131072"])
  }

  @Test func `answers that come whole cost the window of the connection nothing once they are in the log`() {
    var harness = RelayHarness()
    harness.register(1)
    let text = String(repeating: "x", count: 131_072)
    for number in 0..<40 {
      let id = "r\(number)"
      harness.submit(id)
      let done = Completion(sessionId: "s", requestId: id, result: text, attempt: 1, seq: 1)
      #expect(harness.feed(.frame(1, .done(done))).closed.isEmpty, "\(id)")
      harness.feed(.committed(requestId: id, attempt: 1, seq: 1, bytes: 0))
    }
  }

  @Test func `drops repeats, and asks once for what is missing`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    harness.chunk(1)
    #expect(harness.chunk(1).isEmpty)
    #expect(harness.chunk(3).kinds == ["resend 2"])
    #expect(harness.chunk(4).isEmpty)
    #expect(harness.chunk(2).numbers == [2])
    #expect(harness.chunk(3).numbers == [3])
  }

  @Test func `a request of another conversation or agent gets nothing, and too much of it closes`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    #expect(harness.chunk(1, session: "other").violations == 1)
    for _ in 0..<19 { #expect(harness.chunk(1, of: "unknown").closed.isEmpty) }
    #expect(harness.chunk(1, of: "unknown").closed == [.policy])
    #expect(!harness.relay.isOnline)
  }

  @Test func `frames of a connection that was replaced have no effect`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    harness.accept()
    let actions = harness.register(2, streams: [RelayHarness.stream(last: 0)])
    #expect(actions.closed == [.replaced])
    #expect(actions.kinds == ["registered"])
    #expect(harness.chunk(1, on: 1).isEmpty)
    #expect(harness.chunk(1, on: 2).numbers == [1])
  }

  @Test func `a registration that was overtaken on its way replaces nothing`() {
    var harness = RelayHarness()
    harness.register(2, epoch: 5)
    #expect(harness.register(3, epoch: 4).closed == [.replaced])
    #expect(harness.submit().kinds == ["message r"])
    #expect(harness.register(4, instance: "j", epoch: 1).kinds.first == "registered")
  }

  @Test func `the generation grows, or is the server's`() {
    var harness = RelayHarness()
    harness.register(1)
    #expect(harness.relay.generation == 1)
    harness.feed(.registered(2, Registration(agentId: "a", token: "t", agentType: "exec"), generation: 9))
    #expect(harness.relay.generation == 9)
  }

  @Test func `a registration with an older generation replaces nothing`() {
    var harness = RelayHarness()
    let registration = Registration(agentId: "a", token: "t", agentType: "exec")
    harness.feed(.registered(1, registration, generation: 6))
    #expect(harness.feed(.registered(2, registration, generation: 5)).closed == [.replaced])
    #expect(harness.relay.generation == 6)
    #expect(harness.submit().kinds == ["message r"])
  }

  @Test func `answers each entry of the resume list, then cancels, then sends new work`() {
    var harness = RelayHarness()
    harness.register(1)
    for id in ["kept", "stopped", "new", "forgotten"] { harness.submit(id) }
    for id in ["kept", "stopped", "forgotten"] { harness.accept(id) }
    harness.chunk(1, of: "kept")
    harness.feed(.committed(requestId: "kept", attempt: 1, seq: 1, bytes: 1))
    harness.feed(.disconnected(1))
    harness.feed(.cancel(requestId: "stopped"))
    let actions = harness.register(
      2,
      streams: [
        RelayHarness.stream("kept", last: 4), RelayHarness.stream("stopped", last: 0),
        RelayHarness.stream("unknown", last: 2),
      ])
    #expect(actions.kinds == ["registered", "cancel stopped", "message new"])
    #expect(actions.endings == ["forgotten: agent_offline"])
    guard case .registered(let response) = actions.frames.first else {
      Issue.record("no answer")
      return
    }
    #expect(response.recovered?.map(\.committed) == [1, 0])
    #expect(response.lost?.map(\.requestId) == ["unknown"])
  }

  @Test func `an agent whose journal lost its end is told so, and the request fails`() {
    var harness = RelayHarness()
    harness.register(1)
    harness.submit()
    harness.chunk(1)
    harness.chunk(2)
    harness.feed(.disconnected(1))
    #expect(harness.register(2, streams: [RelayHarness.stream(last: 1)]).endings == ["r: agent_offline"])
  }

  @Test func `an agent of version 2 has its frames numbered, and loses its requests when it returns`() {
    var harness = RelayHarness()
    harness.register(1, v3: false)
    #expect(harness.submit().kinds == ["message r"])
    #expect(harness.chunk(nil).numbers == [1])
    #expect(harness.chunk(nil).numbers == [2])
    harness.feed(.disconnected(1))
    #expect(harness.register(2, v3: false).endings == ["r: agent_offline"])
  }

  @Test func `a restart goes on from the log`() {
    var harness = RelayHarness(restoring: [
      .init(
        message: RelayHarness.message("r"), isAsync: false, attempt: 1, isAccepted: true, committed: 7,
        isCancelled: false)
    ])
    #expect(harness.relay.deadline == .zero)
    harness.register(1, streams: [RelayHarness.stream(acked: 5, last: 9)])
    #expect(harness.chunk(8).numbers == [8])
  }
}
