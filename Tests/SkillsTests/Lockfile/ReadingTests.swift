import Testing

@testable import Skills

@Suite struct ReadingTests {
  /// A manifest, a part of the message, a part of the hint.
  static let manifests: [(String, String, String)] = [
    ("", "is not JSON at line 1, column 1: the text ends too early", "Correct it"),
    ("[]", "line 1: it is a list, not an object", "{ … }"),
    ("{}", "format: it is missing", "\"format\": 1"),
    (#"{"format":"1","skills":{}}"#, "format: it is not a whole number", "Write 1"),
    (#"{"format":1.0,"skills":{}}"#, "format: it is not a whole number", "Write 1"),
    (#"{"format":0,"skills":{}}"#, "format: it is not a whole number", "Write 1"),
    (#"{"format":1}"#, "skills: it is missing", "\"skills\": {}"),
    ("{\"format\":1,\n\"skils\":{}}", "skills.json, line 2: skils: no such key is known", "Did you mean \"skills\"?"),
    (#"{"format":1,"skills":{},"zzzzzzzz":1}"#, "zzzzzzzz: no such key is known", "Known are $schema, format"),
    (#"{"format":1,"skills":{},"skills":{}}"#, "skills: the key is there twice", "Keep one"),
    (#"{"format":1,"skills":{"a/b":"^1","a/b":"^2"}}"#, #"skills."a/b": the key is there twice"#, "Keep one"),
    (#"{"format":1,"skills":[]}"#, "skills: it is a list, not an object", "{ … }"),
    (#"{"format":1,"skills":{"a":"^1"}}"#, "write it as author/slug", "Correct it in skills.json"),
    (#"{"format":1,"skills":{"a/B":"^1"}}"#, #"skills."a/B": 'B' is not a skill name"#, "Correct it"),
    (#"{"format":1,"skills":{"a/b":"^^1"}}"#, #"skills."a/b": '^^1' is not accepted"#, "Correct it"),
    (#"{"format":1,"skills":{"a/b":1}}"#, #"skills."a/b": it is a number, not a range"#, "^1.2"),
    (#"{"format":1,"skills":{"a/b":{"range":"x.y"}}}"#, #"skills."a/b".range: 'x.y' is not accepted"#, "Correct it"),
    (#"{"format":1,"skills":{"a/b":{"rnge":"1"}}}"#, #"skills."a/b".rnge: no such key"#, "\"range\"?"),
    (#"{"format":1,"skills":{"a/b":{"folder":"../x"}}}"#, #"skills."a/b".folder: '../x'"#, "Correct it"),
    (#"{"format":1,"skills":{"a/b":{"registry":"ftp://x"}}}"#, "https://host", "Correct it"),
    (#"{"format":1,"skills":{},"registry":"https://u:secret@x"}"#, "carries a name or a password", "Correct it"),
    (#"{"format":1,"skills":{},"registry":"https:///x"}"#, "https://host", "Correct it"),
    (#"{"format":1,"skills":{},"registry":null}"#, "registry: it is null, not a text", "double quotes"),
    (#"{"format":1,"skills":{},"agents":"codex"}"#, "agents: it is a text, not a list", "[ … ]"),
    (#"{"format":1,"skills":{},"agents":["codex",true]}"#, "agents[1]: it is true or false", "double quotes"),
    (#"{"format":1,"skills":{},"agents":["codex","codex"]}"#, "agents[1]: 'codex'", "skills targets"),
    (#"{"format":1,"skills":{},"agents":["../x"]}"#, "agents[0]: '../x'", "skills targets"),
    (#"{"format":1,"skills":{},"min_age":"soon"}"#, "min_age: 'soon' is not an age", "Correct it"),
    (#"{"format":1,"skills":{},"sources":{"Pdf":"path:x"}}"#, "sources.Pdf: 'Pdf' is not a skill name", "Correct it"),
    (#"{"format":1,"skills":{},"sources":{"pdf":"x"}}"#, "sources.pdf: 'x' is not a source", "Correct it"),
    (#"{"format":1,"skills":{"a/x":"*"},"sources":{"x":"path:x"}}"#, "sources.x: a/x is installed", "folder"),
    (#"{"format":1,"skills":{},"pins":{"b":"1.0.0"}}"#, #"pins.b: '1.0.0' is not a commit"#, "Correct it"),
    (#"{"format":1,"skills":{},"pins":{"a/b":"^1"}}"#, #"pins."a/b": '^1' is not accepted"#, "Correct it"),
    (#"{"format":1,"skills":{},"registries":[]}"#, "registries: it is a list, not an object", "{ … }"),
    (#"{"format":1,"skills":{},"registries":{"a":1}}"#, "registries.a: it is a number, not a text", "double quotes"),
    (#"{"format":1,"skills":{},"registries":{"A":"https://x"}}"#, "registries.A: 'A' is not", "Correct it"),
    (#"{"format":1,"skills":{},"registries":{"a":"ftp://x"}}"#, "registries.a: ", "Correct it"),
    (#"{"format":1,"skills":{},"registries":{"a":"https://x","a":"https://y"}}"#, "the key is there twice", "Keep one"),
    (#"{"format":1,"skills":{},"accepted":{}}"#, "accepted: it is an object, not a list", "[ … ]"),
    (#"{"format":1,"skills":{},"accepted":["x"]}"#, "accepted[0]: it is a text, not an object", "{ … }"),
    (accepted(#""rule":"edited","reason":"r""#), "accepted[0].skill: it is missing", "Add it"),
    (accepted(#""skill":"a/b","reason":"r""#), "accepted[0].rule: it is missing", "Add it"),
    (accepted(#""skill":"a/b","rule":"edited""#), "accepted[0].reason: it is missing", "Add it"),
    (accepted(#""skill":"a/b","rule":"edited","reason":"r","fil":"x""#), "accepted[0].fil: no such key", "\"file\"?"),
    (accepted(#""skill":1,"rule":"edited","reason":"r""#), "accepted[0].skill: it is a number", "double quotes"),
    (accepted(#""skill":"A","rule":"edited","reason":"r""#), "accepted[0].skill: 'A' is not", "Correct it"),
    (accepted(#""skill":"a/B","rule":"edited","reason":"r""#), "accepted[0].skill: 'B' is not", "Correct it"),
    (accepted(#""skill":"a/b","rule":"Edited!","reason":"r""#), "accepted[0].rule: 'Edited!'", "Correct it"),
    (accepted(#""skill":"a/b","rule":"edited","reason":" ""#), "accepted[0].reason: ' '", "Correct it"),
    (accepted(#""skill":"a/b","rule":"edited","reason":"\u001b""#), "characters that nobody can see", "Correct it"),
    (
      accepted(#""skill":"a/b","rule":"edited","reason":""# + String(repeating: "r", count: 501) + "\""),
      "it has more than 500 characters", "Correct it"
    ),
    (accepted(#""skill":"a/b","rule":"edited","file":"","reason":"r""#), "accepted[0].file: ''", "Correct it"),
    (
      accepted(#""skill":"a/b","rule":"edited","reason":"r","file":""# + String(repeating: "f", count: 1_025) + "\""),
      "it has more than 1024 characters", "Correct it"
    ),
    ("{\"format\":1,\n \"skills\":{},}", "is not JSON at line 2, column 14: a comma stands before '}'", "Correct it"),
    ("{\"ä\": tru}", "line 1, column 7: a value is missing", "Correct it"),
    (String(repeating: "[", count: 100_000), "nested more than 16 deep", "Correct it"),
  ]

  private static func accepted(_ members: String) -> String {
    #"{"format":1,"skills":{},"accepted":[{"# + members + "}]}"
  }

  @Test(arguments: [
    #"{"installDir": ".agents/skills", "skills": {}}"#, #"{"linkTargets": [".claude/skills"]}"#,
    #"{"skills": {"pdf": "https://git.example/tools.git#path:/skills/pdf"}}"#,
  ])
  func `a file that another program keeps is called that, and no change of it is advised`(text: String) {
    let error = #expect(throws: MeshError.self) { try ProjectManifest(reading: Array(text.utf8)) }
    #expect(error?.code == .conflict)
    #expect(error?.message.contains("another program") == true)
    #expect(error?.hint?.contains("format") == false)
    #expect(Locks.error(ofLock: text)?.code == .validationError)
  }

  @Test(arguments: manifests)
  func `refuses a manifest with the key and the next step`(text: String, message: String, hint: String) throws {
    let error = try #require(Locks.error(ofManifest: text))
    #expect(error.code == .validationError)
    #expect(error.message.hasPrefix("skills.json"))
    #expect(error.message.contains(message))
    #expect(error.hint?.contains(hint) == true, "\(error)")
  }

  /// A key of a locked skill, what is written instead, and the message; nil takes the key away.
  static let locks: [(String, String?, String)] = [
    ("folder", nil, "skills[0].folder: it is missing"),
    ("folder", "\"Con\"", "is not a skill name"),
    ("name", nil, "skills[0].name: it is missing"),
    ("name", "\"x\"", "write it as author/slug"),
    ("version", nil, "skills[0].version: it is missing"),
    ("version", "\"1.0\"", "is not accepted"),
    ("registry", nil, "skills[0].registry: it is missing"),
    ("registry", "\"x\"", "https://host"),
    ("digest", nil, "skills[0].digest: it is missing"),
    ("digest", "\"sha256:00\"", "64 digits"),
    ("digest", "\"\(String(repeating: "0", count: 64))\"", "64 digits"),
    ("size", nil, "skills[0].size: it is missing"),
    ("size", "\"1\"", "not a whole number above 0"),
    ("size", "1e99", "not a whole number above 0"),
    ("size", "-1", "not a whole number above 0"),
    ("size", "99999999999999999999", "not a whole number above 0"),
    ("tree_digest", nil, "skills[0].tree_digest: it is missing"),
    ("tree_digest", "\"t1:x\"", "44 characters"),
    ("dependencies", nil, "skills[0].dependencies: it is missing"),
    ("dependencies", "{}", "it is an object, not a list"),
    ("dependencies", "[\"a\"]", "skills[0].dependencies[0]: 'a' is not a skill reference"),
    ("private", "1", "skills[0].private: it is a number"),
    ("commit", "\"x\"", "a skill of a registry has no such key"),
    ("treedigest", "1", "skills[0].treedigest: no such key is known"),
  ]

  @Test(arguments: locks)
  func `refuses a lock with the key and the next step`(key: String, value: String?, message: String) throws {
    let error = try #require(Locks.error(ofLock: Self.lock(Self.registryKeys, changing: key, to: value)))
    #expect(error.code == .validationError)
    #expect(error.message.hasPrefix("skills.lock, line "))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.hint != nil)
  }

  @Test(
    arguments: [
      ("name", "\"a/b\"", "a skill with a source has no such key"),
      ("registry", "\"https://x\"", "a skill with a source has no such key"),
      ("commit", nil, "commit: it is missing"), ("commit", "\"main\"", "it is not a full commit"),
      ("commit", "\"\(String(repeating: "A", count: 40))\"", "it is not a full commit"),
      ("source", "\"path:./x\"", "a source that is not git has no such key"),
      ("source", "\"git+https://h/r#--upload-pack=x\"", "is not a source"),
      ("version", "\"\\u001b\"", "characters that nobody can see"),
    ] as [(String, String?, String)])
  func `refuses a lock whose source is not pinned`(key: String, value: String?, message: String) throws {
    let error = try #require(Locks.error(ofLock: Self.lock(Self.sourceKeys, changing: key, to: value)))
    #expect(error.message.contains(message), "\(error)")
  }

  private static let common = [
    "folder": "\"b\"", "digest": "\"\(Locks.digest("x"))\"", "size": "1", "tree_digest": "\"\(Locks.tree("x"))\"",
    "dependencies": "[]",
  ]
  private static let registryKeys = common.merging(
    ["name": "\"a/b\"", "version": "\"1.0.0\"", "registry": "\"https://x\""]) { $1 }
  private static let sourceKeys = common.merging(
    ["source": "\"git+https://h/r\"", "commit": "\"\(String(repeating: "a", count: 40))\""]) { $1 }

  private static func lock(_ keys: [String: String], changing key: String, to value: String?) -> String {
    var keys = keys
    keys[key] = value
    let members = keys.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    return #"{"format": 1, "skills": [{"# + members.joined(separator: ",\n") + "}]}"
  }

  @Test func `reads the locks that the refusals were made from`() throws {
    for keys in [Self.registryKeys, Self.sourceKeys] {
      #expect(try Lockfile(reading: Array(Self.lock(keys, changing: "size", to: "1").utf8)).skills.count == 1)
    }
  }

  @Test func `refuses a lock with one folder or one skill twice`() throws {
    let twice = [Locks.skill("a/b@1.0.0"), Locks.skill("a/b@1.1.0", folder: "c"), Locks.skill("x/b@1.0.0")]
    let blocks = twice.map { skill in
      let text = String(decoding: Lockfile([skill]).encoded, as: UTF8.self)
      return String(text[text.firstRange(of: "    {")!.lowerBound..<text.firstRange(of: "  ]\n}")!.lowerBound])
    }
    let lock = { (first: Int, second: Int) in
      "{\"format\": 1, \"skills\": [\n\(blocks[first]),\n\(blocks[second])]}"
    }
    #expect(Locks.error(ofLock: lock(0, 1))?.message.contains("a/b is locked twice") == true)
    #expect(Locks.error(ofLock: lock(0, 2))?.message.contains("as the folder 'b'") == true)
    #expect(Locks.error(ofLock: lock(1, 2)) == nil)
  }

  @Test func `looks at the format before it judges anything else`() throws {
    let text = #"{"what": [1], "format": 2, "format": 9, "skills": 7}"#
    for error in [Locks.error(ofLock: text), Locks.error(ofManifest: text)] {
      #expect(error?.code == .newerFormat)
      #expect(error?.hint == "Update agent-mesh")
    }
    #expect(
      Locks.error(ofLock: text)?.message
        == "skills.lock was written by a newer agent-mesh (format 2; this one knows 1)")
  }

  @Test func `knows the marks of an unsettled merge, and what to do about them`() throws {
    let text = "{\n  \"format\": 1,\n<<<<<<< HEAD\n  \"skills\": {}\n=======\n  \"skills\": {}\n>>>>>>> other\n}\n"
    let manifest = try #require(Locks.error(ofManifest: text))
    #expect(manifest.message == "skills.json has the marks of an unsettled merge, from line 3 on")
    let lock = try #require(Locks.error(ofLock: text))
    #expect(lock.hint?.contains("take either side of this file, and run: agent-mesh skills install") == true)
  }

  @Test func `refuses what is too large or not UTF-8`() throws {
    let blanks = [UInt8](repeating: 0x20, count: ProjectManifest.maximumBytes)
    #expect(throws: MeshError.self) { try ProjectManifest(reading: blanks + ProjectManifest().encoded) }
    let fits = blanks.dropLast(ProjectManifest().encoded.count) + ProjectManifest().encoded
    #expect(try ProjectManifest(reading: Array(fits)) == ProjectManifest())
    #expect(throws: MeshError.self) { try Lockfile(reading: Array(#"{"a": ""#.utf8) + [0xFF] + Array("\"}".utf8)) }
    let many = "{\"format\":1,\"skills\":[" + Array(repeating: "1", count: 2_001).joined(separator: ",") + "]}"
    #expect(Locks.error(ofLock: many)?.message.contains("it lists 2001 skills") == true)
  }

  @Test func `shows nothing of a hostile file unescaped`() throws {
    let error = try #require(Locks.error(ofManifest: "{\"format\":1,\"skills\":{\"\\u001b[2J\u{202E}\":\"\"}}"))
    #expect(!error.description.unicodeScalars.contains(where: TerminalText.isUnsafe))
  }
}
