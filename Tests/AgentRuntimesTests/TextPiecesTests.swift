import Testing

@testable import AgentRuntimes

@Suite struct TextPiecesTests {
  @Test(arguments: ["", "plain", "é", "日本語", "a👩‍💻b", "é日👍"])
  func `text is the same wherever its bytes are cut`(text: String) {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var pieces = TextPieces()
      let parts = [pieces.text(adding: Array(bytes[..<cut])), pieces.text(adding: Array(bytes[cut...])), pieces.last()]
      #expect(parts.joined() == text)
      #expect(!parts.contains { $0.contains("\u{FFFD}") })
    }
  }

  @Test func `bytes that are no text are repaired, and hold nothing back`() {
    var pieces = TextPieces()
    #expect(pieces.text(adding: [0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    #expect(pieces.text(adding: [0xE6, 0x97]) == "")
    #expect(pieces.last() == "\u{FFFD}")
  }
}
