import TestSupport
import Testing

@testable import Skills

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("ünï 文 🤖", "ünï 文 🤖"), ("a\u{1B}[31mb", "a\\u{1B}[31mb"), ("a\r\nb", "a\\u{D}\\u{A}b"),
    ("\u{9B}x", "\\u{9B}x"), ("a\u{202E}b", "a\\u{202E}b"), ("a\u{200B}b", "a\\u{200B}b"), ("\u{7F}", "\\u{7F}"),
    ("\u{E0041}", "\\u{E0041}"), ("\u{2028}", "\\u{2028}"), ("\u{FEFF}", "\\u{FEFF}"), ("tab\there", "tab\\u{9}here"),
  ])
  func `escapes what could move a cursor or hide`(text: String, shown: String) {
    #expect(TerminalText.escaped(text) == shown)
    #expect(TerminalText.escaped(shown) == shown)
  }

  @Test func `cuts at the limit`() {
    #expect(TerminalText.escaped("abcdef", limit: 3) == "abc…")
    #expect(TerminalText.escaped("abc", limit: 3) == "abc")
    #expect(TerminalText.escaped("äöü", limit: 3) == "äöü")
  }

  @Test func `keeps lines and tabs in a block, and nothing else`() {
    #expect(TerminalText.escapedBlock("a\n\tb\u{1B}\r\n") == "a\n\tb\\u{1B}\\u{D}\n")
  }

  @Test func `lets no unsafe character through`() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<2000 {
      let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) }
      let shown = TerminalText.escaped(String(String.UnicodeScalarView(scalars)))
      #expect(!shown.unicodeScalars.contains(where: TerminalText.isUnsafe))
    }
  }
}
