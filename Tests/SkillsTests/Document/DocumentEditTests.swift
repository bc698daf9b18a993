import TestSupport
import Testing

@testable import Skills

@Suite struct DocumentEditTests {
  /// Front matter before and after the version becomes 2.0.0-rc.1.
  static let versions: [(String, String)] = [
    ("name: a\nversion: 1.0.0", "name: a\nversion: 2.0.0-rc.1"),
    ("version: 1.10 # keep me", "version: 2.0.0-rc.1 # keep me"),
    ("version:   \"1.0.0\"   # why", "version:   \"2.0.0-rc.1\"   # why"),
    ("version: '1.0.0'", "version: '2.0.0-rc.1'"),
    ("'version' : 1", "'version' : 2.0.0-rc.1"), ("\"version\": 1", "\"version\": \"2.0.0-rc.1\""),
    ("version:", "version: 2.0.0-rc.1"),
    ("version: # todo", "version: 2.0.0-rc.1 # todo"), ("version: ~", "version: 2.0.0-rc.1"),
    ("version: \"\"", "version: \"2.0.0-rc.1\""),
    ("version: \"a\\\"b\" # x", "version: \"2.0.0-rc.1\" # x"), ("version: 'a''b'", "version: '2.0.0-rc.1'"),
    ("ä: ö\nversion: 1.0.0", "ä: ö\nversion: 2.0.0-rc.1"),
    ("version: 1.0.0\nmetadata:\n  version: 1.0.0", "version: 2.0.0-rc.1\nmetadata:\n  version: 1.0.0"),
    (
      "metadata:\n  author: x\n  version: \"1.0\"\nname: b",
      "metadata:\n  author: x\n  version: \"2.0.0-rc.1\"\nname: b"
    ),
    ("metadata:\n    version: 1.0 # c\n    z: y", "metadata:\n    version: 2.0.0-rc.1 # c\n    z: y"),
    ("metadata: {version: 1.0.0, a: b}", "metadata: {version: 2.0.0-rc.1, a: b}"),
    ("metadata: {a: b, version: 1.0.0}", "metadata: {a: b, version: 2.0.0-rc.1}"),
    ("metadata: {\"ö\":\"🤖\",\"version\":\"1.0.0\"}", "metadata: {\"ö\":\"🤖\",\"version\":\"2.0.0-rc.1\"}"),
    ("metadata: {\"version\":1.0}", "metadata: {\"version\":\"2.0.0-rc.1\"}"),
    ("{\"name\": \"a\", \"version\": \"1.0.0\"}", "{\"name\": \"a\", \"version\": \"2.0.0-rc.1\"}"),
    ("version:\n  1.0.0", "version:\n  2.0.0-rc.1"),
    ("version:\nmetadata: {version: 1.0.0}", "version:\nmetadata: {version: 2.0.0-rc.1}"),
    // Added where there is none.
    ("name: a", "name: a\nmetadata:\n  version: \"2.0.0-rc.1\""),
    ("name: a\n# last", "name: a\n# last\nmetadata:\n  version: \"2.0.0-rc.1\""),
    ("name: a\ntext: |\n  block", "name: a\ntext: |\n  block\nmetadata:\n  version: \"2.0.0-rc.1\""),
    ("  name: a", "  name: a\n  metadata:\n    version: \"2.0.0-rc.1\""),
    ("metadata:\n  author: x\nname: b", "metadata:\n  version: \"2.0.0-rc.1\"\n  author: x\nname: b"),
    ("metadata:\n  # about\n    author: x", "metadata:\n  # about\n    version: \"2.0.0-rc.1\"\n    author: x"),
    ("metadata:\nname: b", "metadata:\n  version: \"2.0.0-rc.1\"\nname: b"),
    ("metadata: # later\nname: b", "metadata: # later\n  version: \"2.0.0-rc.1\"\nname: b"),
    ("metadata: {author: x}", "metadata: {version: 2.0.0-rc.1, author: x}"),
    ("metadata: { author: x }", "metadata: { version: 2.0.0-rc.1, author: x }"),
    ("metadata: {\"a\":{\"b\":[1]}}", "metadata: {\"version\": \"2.0.0-rc.1\", \"a\":{\"b\":[1]}}"),
    ("metadata: {}", "metadata: {version: 2.0.0-rc.1}"),
    ("metadata:\n  {\n    \"a\": 1,\n  }", "metadata:\n  {\"version\": \"2.0.0-rc.1\",\n    \"a\": 1,\n  }"),
    ("metadata: text", "metadata: text\nversion: \"2.0.0-rc.1\""),
    ("metadata: [a]", "metadata: [a]\nversion: \"2.0.0-rc.1\""),
    ("", "metadata:\n  version: \"2.0.0-rc.1\""),
  ]

  @Test(arguments: versions)
  func `sets the version and leaves every other byte`(before: String, after: String) throws {
    let version = try Documents.version("2.0.0-rc.1")
    for end in ["\n", "\r\n"] {
      for mark in ["", "\u{FEFF}"] {
        let source =
          mark
          + Documents.text(before, body: "\n# Body\n\nversion: 1.0.0\n").replacing("---\n\n---", with: "---\n---")
          .replacing("\n", with: end)
        let wanted = mark + Documents.text(after, body: "\n# Body\n\nversion: 1.0.0\n").replacing("\n", with: end)
        let edited = try SkillDocument(reading: Array(source.utf8)).settingVersion(version)
        #expect(edited.text.utf8.elementsEqual(wanted.utf8), "\(edited.text)")
        #expect(edited.version == "2.0.0-rc.1")
      }
    }
  }

  @Test(arguments: [
    "version: |\n  1.0.0", "version: >-\n  1.0.0", "version: 1.0\n  .0", "version: \"1.0\n  .0\"", "version: [1]",
    "version: {a: b}",
    "{name: a}", "metadata:\n  version:\n    major: 1", "version: a: b",
  ])
  func `refuses where no single line can be changed`(source: String) throws {
    let document = try Documents.read(source)
    let refusal = #expect(throws: EditRefusal.self) { try document.settingVersion(.initial) }
    #expect(refusal?.key == "version" && refusal?.description.contains("version: <value>") == true)
  }

  static let names: [(String, String, String)] = [
    ("name: Old Name # x\nb: c", "new-name", "name: new-name # x\nb: c"), ("name: \"Old\"", "new", "name: \"new\""),
    ("name: Old", "true", "name: \"true\""), ("name: Old", "123", "name: \"123\""),
    ("name: Old", "1e5", "name: \"1e5\""),
    ("name: Old", "2024-01-02", "name: \"2024-01-02\""), ("name: Old", "0x1f", "name: \"0x1f\""),
    ("b: c", "new", "name: new\nb: c"),
    ("{\"name\": \"a\"}", "new", "{\"name\": \"new\"}"), ("  b: c", "no", "  name: \"no\"\n  b: c"),
  ]

  @Test(arguments: names)
  func `sets the name and leaves every other byte`(before: String, name: String, after: String) throws {
    let edited = try Documents.read(before).settingName(try SkillSlug(parsing: name))
    #expect(edited.text == Documents.text(after))
    #expect(edited.name == name)
  }

  @Test func `an edit of a document that was mended keeps its blemishes`() throws {
    let source = "\u{FEFF}\n---  \ndescription: Use when: x\nversion: 1.0.0\nbad: a\u{80}b\n---\t\nbody\r\n"
    let edited = try SkillDocument(reading: Array(source.utf8)).settingVersion(try Documents.version("1.0.1"))
    #expect(edited.text.utf8.elementsEqual(source.replacing("1.0.0", with: "1.0.1").utf8))
  }

  @Test func `all lines but one stay, whatever the document`() throws {
    var random = SplitMix64(seed: 10)
    let lines = [
      "name: a", "# note", "description: \"x: y\"", "list:\n- a\n- b", "text: |\n  version: 0\n  more",
      "license: MIT  ", "flow: [a, {b: c}]", "", "  ",
    ]
    let spots = [
      "version: 1.0.0", "version: '1.0.0' # c", "metadata:\n  author: b\n  version: \"1.0.0\"",
      "metadata: {\"version\": \"1.0.0\"}",
    ]
    for _ in 0..<500 {
      let end = ["\n", "\r\n"].randomElement(using: &random)!
      var chosen = lines.shuffled(using: &random).prefix(Int.random(in: 0...9, using: &random)).map(\.self)
      chosen.insert(spots.randomElement(using: &random)!, at: Int.random(in: 0...chosen.count, using: &random))
      let source = Documents.text(chosen.joined(separator: "\n")).replacing("\n", with: end)
      let edited = try SkillDocument(reading: Array(source.utf8)).settingVersion(try Documents.version("3.2.1"))
      let before = source.split(separator: "\n", omittingEmptySubsequences: false)
      let after = edited.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(before.count == after.count)
      #expect(zip(before, after).count { $0 != $1 } == 1)
      #expect(try edited.settingVersion(try Documents.version("1.0.0")).text == source)
    }
  }
}
