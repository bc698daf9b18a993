import BridgeProtocol
import Testing

@Suite struct FrameCodingTests {
  @Test func `writes keys in snake case, with the type beside them`() {
    let frame = AgentFrame.accept(AttemptReference(requestId: "r", attempt: 1))
    #expect(
      String(decoding: FrameCoding.encode(frame), as: UTF8.self)
        == #"{"attempt":1,"request_id":"r","type":"accept"}"#)
  }

  @Test(arguments: ["r", "", "a \"quoted\\ id\"", "line\nbreak", "ä"])
  func `an acknowledgement names its request, whatever the id`(id: String) throws {
    let frame = BridgeFrame.ack(Acknowledgement(requestId: id, attempt: 2, seq: 3))
    #expect(try FrameCoding.bridgeFrame(FrameCoding.encode(frame)) == frame)
  }

  @Test func `reads what version 2 sends, and ignores fields that it does not know`() throws {
    let text = #"{"type":"chunk","session_id":"s","request_id":"r","delta":"ä","later":{"a":[1]}}"#
    #expect(
      try FrameCoding.agentFrame(text.utf8) == .chunk(Chunk(sessionId: "s", requestId: "r", delta: "ä")))
  }

  @Test func `a type that is not known is no error`() throws {
    #expect(try FrameCoding.agentFrame(#"{"type":"later","x":1}"#.utf8) == .unknown(type: "later"))
    #expect(try FrameCoding.bridgeFrame(#"{"type":"later"}"#.utf8) == .unknown(type: "later"))
  }

  @Test(arguments: ["", "{", "hello", "{\"type\":\"ping\"", "\u{0}"])
  func `what is not JSON is refused as such`(text: String) {
    #expect(throws: FrameRefusal.notJSON) { try FrameCoding.agentFrame(text.utf8) }
  }

  @Test(arguments: [
    (#"{"type":"accept","request_id":"r"}"#, "accept", "attempt"),
    (#"{"type":"chunk","session_id":"s","request_id":1,"delta":"x"}"#, "chunk", "requestId"),
    (#"{"type":"chunk","session_id":"s","request_id":"r","delta":"x","kind":"song"}"#, "chunk", "kind"),
  ])
  func `a refusal names the type and the field`(text: String, type: String, field: String) {
    #expect {
      try FrameCoding.agentFrame(text.utf8)
    } throws: { error in
      guard case .invalid(type, let reason) = error as? FrameRefusal else { return false }
      return reason.contains(field)
    }
  }

  @Test(arguments: ["[]", "1", "{}", #"{"type":1}"#])
  func `JSON without a type is invalid`(text: String) {
    #expect {
      try FrameCoding.bridgeFrame(text.utf8)
    } throws: { error in
      if case .invalid = error as? FrameRefusal { true } else { false }
    }
  }
}
