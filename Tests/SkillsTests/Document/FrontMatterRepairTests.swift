import Testing

@testable import Skills

@Suite struct FrontMatterRepairTests {
  /// Front matter that is not YAML, a key, the text that was meant, and where the finding is.
  static let mended: [(String, String, String, Int, Int)] = [
    ("name: a\ndescription: Use when: always", "description", "Use when: always", 3, 14),
    ("description: ends with a colon:\nname: a", "description", "ends with a colon:", 2, 14),
    ("description: it's: so", "description", "it's: so", 2, 14),
    ("description: say \"x: y\" now", "description", "say \"x: y\" now", 2, 14),
    ("description: first\n  second: third\nname: a", "description", "first second: third", 2, 14),
    ("description: first: a\n  second: b\n\n  third\nname: a", "description", "first: a second: b\nthird", 2, 14),
    ("description: keep: this # too", "description", "keep: this # too", 2, 14),
    ("description: @Observable state", "description", "@Observable state", 2, 14),
    ("description: `code` first", "description", "`code` first", 2, 14),
    ("description: %done", "description", "%done", 2, 14), ("description: , odd", "description", ", odd", 2, 14),
    ("description: **Bold** text", "description", "**Bold** text", 2, 14),
    ("description: & more", "description", "& more", 2, 14),
    ("description: > text on the line", "description", "> text on the line", 2, 14),
    ("description: | text on the line", "description", "| text on the line", 2, 14),
    ("description: - a dash", "description", "- a dash", 2, 14), ("description: ] odd", "description", "] odd", 2, 14),
    ("argument-hint: [file] [mode]", "argument-hint", "[file] [mode]", 2, 16),
    ("argument-hint: [a, b] or {c}", "argument-hint", "[a, b] or {c}", 2, 16),
    ("description: \"Quoted\" and more", "description", "\"Quoted\" and more", 2, 14),
    ("description: 'Quoted' and more", "description", "'Quoted' and more", 2, 14),
    ("description: \"never closed", "description", "\"never closed", 2, 14),
    ("description: \"C:\\Users\\d and \\\"q\\\"\"", "description", "C:\\Users\\d and \"q\"", 2, 14),
    ("\"description\": a: b", "description", "a: b", 2, 16),
  ]

  @Test(arguments: mended)
  func `quotes what was meant as text`(source: String, key: String, text: String, line: Int, column: Int) throws {
    let document = try Documents.read(source)
    #expect(document.frontMatter[key]?.string == text)
    #expect(document.findings.map(\.rule) == [.repairedYAML])
    #expect(document.findings.first?.line == line && document.findings.first?.column == column)
    #expect(document.text == Documents.text(source))
  }

  @Test func `mends nested lines and items, and leaves the others alone`() throws {
    let document = try Documents.read(
      """
      name: a
      allowed-tools: Bash(git:*), Read
      description: Do this: that
      metadata:
        note: one: two
        items:
          - plain
          - @at
          - key: v: w
        text: |
          kept: as: it is
        json: {"a": "b: c"}
      """)
    #expect(document.allowedTools == ["Bash(git:*)", "Read"])
    #expect(document.description == "Do this: that")
    #expect(document.metadata?["note"]?.string == "one: two")
    guard case .sequence(let items, _)? = document.metadata?["items"]?.kind else {
      Issue.record("not a list")
      return
    }
    #expect(items[0].string == "plain" && items[1].string == "@at" && items[2]["key"]?.string == "v: w")
    #expect(document.metadata?["text"]?.string == "kept: as: it is\n")
    #expect(document.metadata?["json"]?["a"]?.string == "b: c")
    #expect(document.findings.map(\.line) == [4, 6, 9, 10])
  }

  @Test func `leaves a mapping in braces below its key alone`() throws {
    let document = try Documents.read(
      "description: a: b\nmetadata:\n  {\n    \"openclaw\":\n      {\n        \"emoji\": \"x\",\n        \"os\": [\"y: z\"],\n      },\n  }\nname: n"
    )
    #expect(document.metadata?["openclaw"]?["os"]?.strings == ["y: z"])
    #expect(document.findings.map(\.line) == [2])
    #expect(document.name == "n")
  }

  @Test func `takes tabs before a key for spaces`() throws {
    let document = try Documents.read("name: a\nmetadata:\n\tversion: 1.0.0\n\tauthor: me")
    #expect(document.version == "1.0.0" && document.metadata?["author"]?.string == "me")
    #expect(document.findings.map(\.rule) == [.repairedYAML, .repairedYAML])
    #expect(document.findings.map(\.line) == [4, 5])
  }

  @Test(arguments: [
    "name: a\n<<<<<<< ours\nb: c", "metadata: {\"a\":{\"b\":[1]}", "name: a\n\n## name: b\nversion 1",
    "name: a\nb: {c\nd: e", "x\ny: z: w\nv",
  ])
  func `refuses what it cannot mend, with the line`(source: String) {
    let refusal = Documents.refusal(of: source)
    #expect(refusal?.rule == .brokenYAML)
    #expect((2...6).contains(refusal?.line ?? 0))
  }

  /// In quotes they would be read as text, and the next reader would take them for what they are.
  @Test(arguments: [
    "description: !!str Use when: x", "description: ! a: b", "description: &when Use when: x",
    "description: *use now: x",
    "metadata:\n  a: !t b: c", "a:\n  - !t b: c",
  ])
  func `a value that starts with a tag, an anchor or an alias is not mended`(source: String) {
    let rule = Documents.refusal(of: source)?.rule
    #expect(rule.map { [.brokenYAML, .yamlTag, .yamlAnchor, .yamlAlias].contains($0) } == true, "\(source)")
  }

  @Test func `a repair never lets an anchor, an alias or a tag through`() {
    for source in [
      "a: x: y\nb: &n c", "a: x: y\nb: *n", "a: x: y\nb: !t c", "a: x: y\n<<: b", "a: x: y\nb: 1\nb: 2",
    ] {
      let rule = Documents.refusal(of: source)?.rule
      #expect(
        rule.map { [.yamlAnchor, .yamlAlias, .yamlTag, .yamlMergeKey, .duplicateKey].contains($0) } == true, "\(source)"
      )
    }
  }
}
