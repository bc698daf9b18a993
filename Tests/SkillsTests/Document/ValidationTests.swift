import Testing

@testable import Skills

@Suite struct ValidationTests {
  private static let good = "name: pdf-forms\ndescription: Fills forms.\nmetadata:\n  version: \"1.0.0\""

  private func findings(
    _ frontMatter: String, body: String = "\nText.\n", _ profile: Validation.Profile = .publish, folder: String? = nil
  ) throws -> [Finding] {
    let document = try SkillDocument(reading: Array(Documents.text(frontMatter, body: body).utf8))
    return Validation.findings(for: document, in: Validation.Context(folderName: folder, profile: profile))
  }

  @Test func `finds nothing in a document that is right everywhere`() throws {
    for profile in Validation.Profile.allCases {
      #expect(try findings(Self.good, profile, folder: "pdf-forms").isEmpty)
    }
    let full = Self.good + "\nlicense: MIT\ncompatibility: Needs git\nallowed-tools: Read Bash(git:*)"
    #expect(try findings(full, .portable).isEmpty)
  }

  /// Front matter, the rule it breaks, the line, and what publishing and portable make of it.
  static let table: [(String, Finding.Rule, Int, Severity, Severity)] = [
    ("description: d\nmetadata: \n  version: 1.0.0", .nameMissing, 1, .error, .error),
    ("name:\ndescription: d", .nameMissing, 1, .error, .error),
    ("name: Writing Rules\ndescription: d", .nameInvalid, 2, .error, .error),
    ("name: a--b\ndescription: d", .nameInvalid, 2, .error, .error),
    ("description: d\nname: [a]", .nameInvalid, 3, .error, .error),
    ("name: con\ndescription: d", .nameInvalid, 2, .error, .error),
    ("name: \(String(repeating: "a", count: 65))\ndescription: d", .nameInvalid, 2, .error, .error),
    ("name: \"a\\n\"\ndescription: d", .nameInvalid, 2, .error, .error),
    ("name: a", .descriptionMissing, 1, .error, .error),
    ("name: a\ndescription:", .descriptionMissing, 3, .error, .error),
    ("name: a\ndescription: \"  \"", .descriptionMissing, 3, .error, .error),
    ("name: a\ndescription: ~", .descriptionMissing, 3, .error, .error),
    ("name: a\ndescription:\n  - x", .descriptionNotText, 4, .error, .error),
    ("name: a\ndescription:\n  x: y", .descriptionNotText, 4, .error, .error),
    ("name: a\ndescription: \(String(repeating: "ä", count: 1025))", .descriptionTooLong, 3, .error, .error),
    ("name: a\ndescription: \"x\\u202Ey\"", .descriptionUnsafe, 3, .error, .error),
    ("name: a\ndescription: \"x\\ey\"", .descriptionUnsafe, 3, .error, .error),
    ("name: a\ndescription: \"x\\U000E0041\"", .descriptionUnsafe, 3, .error, .error),
    ("name: a\ndescription: \"x\\u0085y\"", .descriptionUnsafe, 3, .error, .error),
    ("name: a\ndescription: \"x\\u2028y\"", .descriptionUnsafe, 3, .error, .error),
    ("name: a\ndescription: \"x\\u200By\"", .invisibleCharacters, 3, .warning, .warning),
    ("name: a\ndescription: d\nwhen_to_use: \"\\U000E0069\\U000E0067\"", .hiddenText, 4, .error, .error),
    ("name: a\ndescription: d\n\"\\U000E0069\": x", .hiddenText, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  note: [a, \"\\U000E0069\"]", .hiddenText, 5, .error, .error),
    ("name: a\ndescription: d\ncompatibility: \"\\e]0;evil\\a\"", .controlCharacter, 4, .error, .error),
    ("name: a\ndescription: d\nlicense: \"\\u202e\"", .controlCharacter, 4, .error, .error),
    ("name: a\ndescription: d\nlicense: x\u{202E}y", .controlCharacter, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  \"x\\ry\": z", .controlCharacter, 5, .error, .error),
    ("name: a\ndescription: d\nlicense: \"M\\u2060IT\"", .invisibleCharacters, 4, .warning, .warning),
    ("name: a\ndescription: d\nversion: v1.2.3", .versionInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  version: 1.2.3junk", .versionInvalid, 5, .error, .error),
    ("name: a\ndescription: d\nversion: [1]", .versionInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nversion: 26.08.00", .versionInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  version: \"1.10\"", .versionIncomplete, 5, .warning, .warning),
    ("name: a\ndescription: d\nversion: 1.0.0\nmetadata:\n  version: 1.0.1", .versionMismatch, 6, .warning, .warning),
    ("name: a\ndescription: d", .versionMissing, 1, .note, .note),
    ("name: a\ndescription: d\nprivate: maybe", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nprivate:", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  isPrivate: [yes]", .privateInvalid, 5, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  privte: \"true\"", .privateInvalid, 5, .error, .error),
    ("name: a\ndescription: d\nvisibility: team", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nprivate_skill: true", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nnot-public: true", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nisprivateskill: yes", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nskill-visibility: restricted", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata.agent-mesh.private: true", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nunlisted: true", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nhidden: yes", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\naccess: restricted", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\npublish: false", .privateInvalid, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  agent_mesh_private: \"true\"", .privateInvalid, 5, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  internal: true", .privateInvalid, 5, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  tool:\n    private: maybe", .privateInvalid, 6, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  dependencies: [jq]", .dependencyForeign, 5, .warning, .warning),
    ("name: a\ndescription: d\nmetadata: text", .metadataNotMapping, 4, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  dependencies:\n    acme/base: ^1", .dependencyInvalid, 6, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  dependencies: acme/base@nope", .dependencyInvalid, 5, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  dependencies: [acme/a@>=2 nope]", .dependencyInvalid, 5, .error, .error),
    ("name: a\ndescription: d\nmetadata:\n  - x", .metadataNotMapping, 5, .error, .error),
    ("name: a\ndescription: x: y", .repairedYAML, 3, .error, .error),
    ("name: a\ndescription: d\u{80}", .controlCharacter, 3, .error, .error),
    ("name: a\ndescription: {{d}}", .complexKey, 3, .error, .error),
    (
      "name: a\ndescription: d\ncompatibility: \(String(repeating: "x", count: 501))", .compatibilityTooLong, 4,
      .warning, .error
    ),
    ("name: a\ndescription: d\nmetadata:\n  a: 1", .metadataValueNotText, 5, .warning, .error),
    ("name: a\ndescription: d\nmetadata:\n  a: yes", .metadataValueNotText, 5, .warning, .error),
    ("name: a\ndescription: d\nmetadata:\n  a:\n    b: c", .metadataValueNotText, 5, .warning, .error),
    ("name: a\ndescription: d\nmetadata:\n  a:", .metadataValueNotText, 5, .warning, .error),
    ("name: a\ndescription: d\nmetadata:\n  a: 2024-01-02", .metadataValueNotText, 5, .warning, .error),
    ("name: a\ndescription: d\nauthor: me", .unknownKey, 4, .warning, .error),
    ("name: a\ndescription: d\nversion: 1.0.0", .unknownKey, 4, .warning, .error),
    ("name: a\ndescription: d\nmetadata: {a: b}", .flowStyle, 4, .warning, .error),
    ("{name: a, description: d}", .flowStyle, 2, .warning, .error),
    ("name: a\ndescription: d\nmetadata:\n  x:\n    - [a]", .flowStyle, 6, .warning, .error),
    ("name: a\ndescription: d\nallowed-tools:\n  - Read", .allowedToolsList, 5, .warning, .error),
    ("name: a\ndescription: d\nallowed-tools: {a: b}", .fieldNotText, 4, .warning, .error),
    ("name: a\ndescription: d\nlicense: [MIT]", .fieldNotText, 4, .warning, .error),
    ("name: a\ndescription: some # text", .commentInValue, 3, .warning, .warning),
  ]

  @Test(arguments: table)
  func `finds each fault with its line, weight and remedy`(
    frontMatter: String, rule: Finding.Rule, line: Int, publish: Severity, portable: Severity
  ) throws {
    for (profile, severity) in [(Validation.Profile.publish, publish), (.portable, portable)] {
      let all = try findings(frontMatter, profile)
      let found = all.filter { $0.rule == rule }
      #expect(found.count == 1, "\(all)")
      #expect(found.first?.line == line && found.first?.severity == severity)
      #expect(found.first?.remedy.isEmpty == false && found.first?.file == "SKILL.md")
      #expect(Validation.refusesPublishing(found) == (severity == .error))
    }
    #expect(try !Validation.refusesPublishing(findings(frontMatter, .lenient)))
  }

  @Test(arguments: [
    "[jq, curl]", "pandas>=2.0.0", "\"@scope/package\"", "[\"https://made-up.example/a\"]", "{python: \">=3.10\"}",
    "[{name: jq}]", "./scripts",
  ])
  func `other tools' dependencies do not keep a skill from being published`(value: String) throws {
    let found = try findings("name: a\ndescription: d\nmetadata:\n  dependencies: \(value)")
    #expect(found.contains { $0.rule == .dependencyForeign })
    #expect(!Validation.refusesPublishing(found), "\(found)")
  }

  @Test(arguments: [
    "public_api: https://example.org", "private-key: ~/.ssh/id_ed25519", "hidden: false", "internal: notes",
    "publish: true", "access: read", "internal: true\nprivate: no", "unlisted: yes\nmetadata:\n  visibility: private",
  ])
  func `keys that leave no doubt who may see a skill do not keep it from being published`(lines: String) throws {
    let found = try findings("name: a\ndescription: d\n\(lines)")
    #expect(!found.contains { $0.rule == .privateInvalid }, "\(found)")
    #expect(!Validation.refusesPublishing(found), "\(found)")
  }

  /// Whoever follows the advice for the key `private` has a skill as private as before.
  @Test(arguments: ["private: true", "isPrivate: yes", "is_private: 1", "Private: \"true\"", "visibility: private"])
  func `advice never makes a private skill public`(line: String) throws {
    let before = try Documents.read("name: a\ndescription: d\n\(line)")
    let after = try Documents.read("name: a\ndescription: d\nmetadata:\n  \(line)")
    #expect(before.isPrivate && after.isPrivate)
    let advice = try findings("name: a\ndescription: d\n\(line)").filter { $0.rule == .unknownKey }.map(\.remedy)
    #expect(advice == ["Move it under 'metadata:', where it counts as much"])
  }

  @Test(arguments: [
    "name: a\ndescription: |\n  Lines\n  and\ttabs.", "name: a\ndescription: \(String(repeating: "ä", count: 1024))",
    "name: a\ndescription: >\n  \(String(repeating: "x ", count: 511))x",
    "name: a\ndescription: 說明 👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "name: a\ndescription: a#b", "name: a\ndescription: \"a # b\"",
    "name: a\ndescription: d\ncompatibility: \(String(repeating: "ä", count: 500))",
    "name: a\ndescription: \"\\U0001F469\\u200D\\U0001F4BB \\u2764\\uFE0F\\n\\t\"",
    "name: a\ndescription: d\nlicense: \"MIT \\u2764\\uFE0F\"",
  ])
  func `lets an ordinary description pass`(frontMatter: String) throws {
    #expect(try findings(frontMatter, .portable).map(\.rule) == [.versionMissing])
  }

  @Test func `compares the name with the folder when there is one`() throws {
    #expect(try findings(Self.good, folder: "pdf").map(\.rule) == [.nameUnlikeFolder])
    #expect(try findings(Self.good, .portable, folder: "pdf").map(\.severity) == [.error])
    #expect(try findings("description: d", folder: "My Folder").contains { $0.remedy.contains("name: my-folder") })
  }

  @Test func `looks at the spelling of the main file`() throws {
    let digest = Digest(of: [])
    func context(_ paths: [String]) throws -> Validation.Context {
      let entries = try paths.map {
        FileManifest.Entry(path: try SkillPath(parsing: $0), size: 0, digest: digest, isExecutable: false)
      }
      return Validation.Context(manifest: FileManifest(entries))
    }
    let document = try Documents.read(Self.good)
    #expect(Validation.findings(for: document, in: try context(["SKILL.md", "a/skill.md"])).isEmpty)
    #expect(Validation.findings(for: document, in: try context(["skill.md"])).map(\.rule) == [.mainFileSpelling])
    #expect(Validation.findings(for: document, in: try context(["SKILL.md", "Skill.md"])).map(\.file) == ["Skill.md"])
    #expect(Validation.findings(for: document, in: try context(["a.md"])).map(\.rule) == [.mainFileMissing])
    let other = try SkillDocument(reading: document.bytes, file: "skill.md")
    #expect(Validation.findings(for: other, in: .init()).map(\.rule) == [.mainFileSpelling])
    #expect(Validation.findings(for: other, in: .init(profile: .portable)).map(\.severity) == [.error])
  }

  @Test func `counts the lines of the text`() throws {
    let body = String(repeating: "x\n", count: 500)
    #expect(try findings(Self.good, body: body).isEmpty)
    #expect(try findings(Self.good, body: body + "x\n").map(\.rule) == [.bodyTooLong])
  }

  @Test func `labels what the text hides, with its line`() throws {
    let hidden = try findings(Self.good, body: "\nplain\nzero\u{200B}width\n\u{202E}back\n")
    #expect(hidden.map(\.rule) == [.invisibleCharacters, .invisibleCharacters])
    #expect(hidden.map(\.line) == [9, 10] && hidden.map(\.column) == [5, 1])
    #expect(hidden.first?.message.contains("U+200B ZERO WIDTH SPACE") == true)
    #expect(!Validation.refusesPublishing(hidden))
  }

  @Test func `refuses text in tag characters and shows what it says`() throws {
    let secret = String(String.UnicodeScalarView("run rm".unicodeScalars.map { Unicode.Scalar($0.value + 0xE0000)! }))
    for (body, line) in [("\nHello\(secret)\n", 8), ("\nx\n\u{1F3F4}\(secret)\u{E007F}", 9)] {
      let found = try findings(Self.good, body: body)
      #expect(found.map(\.rule) == [.hiddenText] && found.first?.line == line)
      #expect(found.first?.message.contains("'run rm") == true)
      #expect(Validation.refusesPublishing(found))
      #expect(!Validation.refusesPublishing(try findings(Self.good, body: body, .lenient)))
    }
  }

  @Test func `notes comments that only models read, but not in code`() throws {
    let found = try findings(
      Self.good, body: "\n<!-- ignore \u{1B}[8m all -->\n```html\n<!-- shown -->\n```\na <!-- b -->\n")
    #expect(found.map(\.rule) == [.htmlComment, .htmlComment] && found.map(\.line) == [8, 12])
    #expect(found.first?.message.contains("\u{1B}") == false)
  }

  @Test func `says the same thing at most twenty times`() throws {
    let body = String(repeating: "<!-- x --> \u{200B}\n", count: 300)
    let found = try findings(Self.good, body: body)
    #expect(found.count { $0.rule == .htmlComment } == 20 && found.count { $0.rule == .invisibleCharacters } == 20)
  }

  @Test func `grades what reading forgave, and orders all by line`() throws {
    let document = try SkillDocument(reading: Array("\u{FEFF}\n---  \nname: A\ndescription: x: y\n---\n".utf8))
    #expect(document.findings.allSatisfy { $0.severity != .error })
    let found = Validation.findings(for: document, in: .init(profile: .publish))
    #expect(
      found.map(\.rule) == [
        .byteOrderMark, .textBeforeFrontMatter, .versionMissing, .fenceSpaces, .nameInvalid, .repairedYAML,
      ]
        || Set(found.map(\.rule)) == [
          .byteOrderMark, .textBeforeFrontMatter, .versionMissing, .fenceSpaces, .nameInvalid, .repairedYAML,
        ])
    #expect(found.map { $0.line ?? 0 } == found.map { $0.line ?? 0 }.sorted())
  }

  @Test func `every rule that can be forgiven weighs no less when more is asked`() {
    for rule in Finding.Rule.allCases {
      let weights = [Validation.Profile.lenient, .publish, .portable].map { rule.severity(in: $0) }
      #expect(weights == weights.sorted(), "\(rule)")
    }
  }
}
