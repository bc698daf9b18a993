import Testing

@testable import Skills

@Suite struct FrontMatterTests {
  /// Front matter, the key to look at and its text: every way of writing a value that real files show.
  static let values: [(String, String, String)] = [
    ("description: plain words", "description", "plain words"),
    ("description: \"quoted: \\\"yes\\\" \\u00e4\"", "description", "quoted: \"yes\" ä"),
    ("description: 'it''s: fine'", "description", "it's: fine"),
    ("description: >-\n  folded\n  lines\n\n  and more", "description", "folded lines\nand more"),
    ("description: >\n  folded\n  lines", "description", "folded lines\n"),
    ("description: |\n  kept\n    lines", "description", "kept\n  lines\n"),
    ("description: |-\n  kept\n  lines", "description", "kept\nlines"),
    ("description: several\n  plain\n  lines", "description", "several plain lines"),
    ("description:\n  on the next line", "description", "on the next line"),
    ("description: \"several\n  quoted lines\"", "description", "several quoted lines"),
    ("description: 说明 – naïve 🤖", "description", "说明 – naïve 🤖"),
    ("description: <example>use & enjoy</example>", "description", "<example>use & enjoy</example>"),
    ("# comment\ndescription: a # comment\n# more", "description", "a"),
    ("description: a#b c:d", "description", "a#b c:d"),
    ("{\"description\": \"json\", \"name\": \"x\"}", "description", "json"),
    ("\"description\": quoted key", "description", "quoted key"),
    ("  description: indented\n  name: x", "description", "indented"),
    // Scalars keep their text.
    ("version: 1.10", "version", "1.10"), ("version: 1.0", "version", "1.0"), ("version: 010", "version", "010"),
    ("version: 0x1F", "version", "0x1F"), ("version: no", "version", "no"),
    ("version: 2024-01-02", "version", "2024-01-02"),
    ("version: 1_000", "version", "1_000"), ("version: 1e3", "version", "1e3"), ("version: .inf", "version", ".inf"),
    ("version: 12:30:45", "version", "12:30:45"), ("name: 123", "name", "123"), ("name: true", "name", "true"),
    ("version: \"1.10\"", "version", "1.10"), ("version: '~'", "version", "~"),
  ]

  @Test(arguments: values)
  func `reads a value as its text`(frontMatter: String, key: String, text: String) throws {
    let document = try Documents.read(frontMatter)
    #expect(document.frontMatter[key]?.string == text)
    #expect(document.findings.isEmpty)
  }

  @Test(arguments: ["", "~", "null", "Null", "NULL", "# only a comment"])
  func `takes what is written as nothing for nothing`(text: String) throws {
    let value = try #require(try Documents.read("name: \(text)\nversion: 1").frontMatter["name"])
    #expect(value.isNull && value.string == nil)
  }

  @Test(arguments: [
    ("true", true), ("True", true), ("yes", true), ("YES", true), ("on", true), ("1", true), ("\"true\"", true),
    ("false", false), ("no", false), ("Off", false), ("0", false), ("'no'", false), ("maybe", nil), ("", nil),
    ("[yes]", nil),
  ])
  func `reads truth in every spelling`(text: String, value: Bool?) throws {
    #expect(try Documents.read("flag: \(text)").frontMatter["flag"]?.bool == value)
  }

  @Test func `keeps nested mappings nested, in order and with their places`() throws {
    let document = try Documents.read("name: x\nmetadata:\n  a: 1\n  b:\n    - one\n    - {c: d}\n  author: me")
    let metadata = try #require(document.metadata?.mapping)
    #expect(metadata.map(\.key) == ["a", "b", "author"])
    #expect(metadata.map(\.line) == [4, 5, 8])
    #expect(metadata.map(\.column) == [3, 3, 3])
    #expect(document.metadata?["a"]?.string == "1" && document.metadata?["a"]?.line == 4)
    guard case .sequence(let items, let isFlow)? = document.metadata?["b"]?.kind else {
      Issue.record("not a list")
      return
    }
    #expect(!isFlow && items.count == 2 && items[1].isFlow && items[1]["c"]?.string == "d")
    #expect(items[0].line == 6 && items[0].column == 7)
  }

  @Test func `reads one-line JSON with all its levels`() throws {
    let json = #"metadata: {"clawdbot":{"emoji":"🎙️","requires":{"bins":["uv","x: y"],"env":[]},"always":true}}"#
    let document = try Documents.read("name: x\n" + json)
    #expect(document.metadata?["clawdbot"]?["requires"]?["bins"]?.strings == ["uv", "x: y"])
    #expect(document.metadata?["clawdbot"]?["requires"]?["env"]?.strings == [])
    #expect(document.metadata?["clawdbot"]?["emoji"]?.string == "🎙️")
    #expect(document.findings.isEmpty)
  }

  /// A pair of surrogates is how JSON escapes one character.
  @Test(arguments: [
    (#"a: "\ud83d\udda5""#, "\u{1F5A5}"), (#"a: "x \uD83D\uDDA5 y \ud83d\ude00""#, "x \u{1F5A5} y \u{1F600}"),
    (#"a: '\ud83d\udda5'"#, #"\ud83d\udda5"#), (#"a: \ud83d\udda5"#, #"\ud83d\udda5"#),
    (#"a: "\\ud83d\\udda5""#, #"\ud83d\udda5"#), (#"{"a": "\ud83d\udda5", "b": "c"}"#, "\u{1F5A5}"),
    (#"a: "\ue83d\ueda5""#, "\u{E83D}\u{EDA5}"),
    // Beside what such an escape could be mistaken for.
    ("a: \"\u{E83D} \\ud83d\\udda5\"", "\u{E83D} \u{1F5A5}"), (#"a: "\uEfff \ud83d\udda5""#, "\u{EFFF} \u{1F5A5}"),
    ("a: '\u{E83D} \\uD83d\\udDa5'", "\u{E83D} \\uD83d\\udDa5"),
  ])
  func `reads escapes of two surrogates as one character`(source: String, text: String) throws {
    let document = try Documents.read(source)
    #expect(document.frontMatter["a"]?.string == text)
    #expect(document.findings.isEmpty)
  }

  @Test func `marks behind surrogates hold`() throws {
    let document = try Documents.read(#"metadata: {"a":{"emoji":"\ud83d\udda5"},"b":"c"}"#)
    let metadata = try #require(document.metadata?.mapping)
    #expect(document.metadata?["a"]?["emoji"]?.string == "\u{1F5A5}")
    #expect(metadata[1].column == 41 && metadata[1].value.column == 45)
  }

  @Test(arguments: [
    (#"a: "x\ud83d""#, "x\u{FFFD}"), (#"a: "\udda5x""#, "\u{FFFD}x"),
    (#"a: "\ud83d\ud83d\udda5""#, "\u{FFFD}\u{1F5A5}"),
    (#"{"a": "\ud83d \udda5"}"#, "\u{FFFD} \u{FFFD}"),
  ])
  func `half of a pair of surrogates is read as a replacement, with a warning`(source: String, text: String) throws {
    let document = try Documents.read(source)
    #expect(document.frontMatter["a"]?.string == text)
    #expect(document.rules == [.loneSurrogate] && document.findings.first?.severity == .warning)
  }

  @Test func `a list of texts has a typed view, other things have none`() throws {
    let document = try Documents.read("a: [x, 1.0, yes]\nb: x\nc: [x, [y]]\nd: {x: y}\ne:")
    #expect(document.frontMatter["a"]?.strings == ["x", "1.0", "yes"])
    #expect(document.frontMatter["b"]?.strings == ["x"])
    for key in ["c", "d", "e", "nothing"] { #expect(document.frontMatter[key]?.strings == nil) }
  }

  @Test func `empty front matter has no keys`() throws {
    for text in ["", "# nothing", "\n\n", "{}"] { #expect(try Documents.read(text).frontMatter.entries.isEmpty) }
    #expect(try SkillDocument(reading: Array("---\n---\nbody".utf8)).body == "body")
  }

  @Test(arguments: ["- a\n- b", "just words", "\"words\"", "[a, b]"])
  func `refuses front matter that is no mapping`(text: String) {
    #expect(Documents.refusal(of: text)?.rule == .notAMapping)
  }

  @Test func `leaves a key out that is a collection, and says so`() throws {
    let document = try Documents.read(
      "name: x\n{{template}}: y\n? [a, b]\n: c\ndescription: d".replacing("{{template}}: y\n", with: ""))
    #expect(document.frontMatter.entries.map(\.key) == ["name", "description"])
    #expect(document.findings.map(\.rule) == [.complexKey])
    #expect(document.findings.first?.line == 3)
    #expect(try Documents.read("name: {{template}}").rules == [.complexKey])
  }

  @Test func `knows the same content in other clothes`() throws {
    let left = try Documents.read("name: x\nlist: [a, 'b']\nempty:").frontMatter
    let same = try Documents.read("'name': \"x\"\nlist:\n- a\n- b\nempty: ~").frontMatter
    #expect(!left.hasSameContent(as: same), "an empty text and a tilde are different texts")
    let equal = try Documents.read("'name': \"x\"\nlist:\n- a\n- b\nempty: # nothing").frontMatter
    #expect(left.hasSameContent(as: equal))
    for other in [
      "name: y\nlist: [a, b]\nempty:", "name: x\nlist: [a]\nempty:", "name: x\nlist: {a: b}\nempty:", "name: x",
    ] {
      #expect(!left.hasSameContent(as: try Documents.read(other).frontMatter))
    }
  }
}
