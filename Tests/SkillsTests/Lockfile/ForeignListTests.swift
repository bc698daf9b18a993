import Testing

@testable import Skills

/// Lists of skills that other programs keep.
@Suite struct ForeignListTests {
  private static let commit = String(repeating: "a", count: 40)
  private static let hash = String(repeating: "0", count: 64)

  private static func npx(_ text: String) throws(MeshError) -> [ForeignSkill] {
    try NpxSkillsLock.skills(in: Array(text.utf8), file: "skills-lock.json")
  }

  private static func npx(entry: String) -> String { #"{"version":1,"skills":{"x":{"# + entry + "}}}" }

  private static func manifest(_ text: String, lock: String? = nil) throws(MeshError) -> ForeignManifest {
    let lock = try lock.map { text throws(MeshError) in
      try ForeignManifestLock(reading: Array(text.utf8), file: "skills-lock.yaml")
    }
    return try ForeignManifest(reading: Array(text.utf8), file: "skills.json", lock: lock)
  }

  // MARK: - npx skills

  static let sources: [(String, ForeignSkill.Origin)] = [
    (
      #""source":"o/r","sourceType":"github","ref":"v1","skillPath":"skills/x/SKILL.md""#,
      .repository(address: "github:o/r", ref: "v1", folder: "skills/x")
    ),
    (
      #""source":"o/r","sourceType":"github","skillPath":"SKILL.md","future":[1]"#,
      .repository(address: "github:o/r", ref: nil, folder: nil)
    ),
    (
      #""source":"git@github.com:o/r.git","sourceType":"github""#,
      .repository(address: "git@github.com:o/r.git", ref: nil, folder: nil)
    ),
    (
      #""source":"o/r","sourceUrl":"https://git.example/o/r.git","sourceType":"git","skillPath":"a/b/skill.md""#,
      .repository(address: "git+https://git.example/o/r.git", ref: nil, folder: "a/b")
    ),
    (#""source":"o/r","sourceType":"gitlab""#, .other("'o/r' names no host")),
    (#""source":"skills/x","sourceType":"local""#, .path("./skills/x")),
    (#""source":"/home/x","sourceType":"local""#, .path("/home/x")),
    (#""source":"example.org","sourceType":"well-known""#, .site("https://example.org")),
    (
      #""source":"example.org","sourceUrl":"https://example.org/docs","sourceType":"well-known""#,
      .site("https://example.org/docs")
    ),
    (#""source":"p","sourceType":"node_modules""#, .other("it comes from a package of npm")),
    (#""source":"p","sourceType":"hub\u001b""#, .other("its source type '\("hub\u{1B}")' is not known")),
  ]

  @Test(arguments: sources)
  func `reads where a skill of npx skills comes from`(entry: String, origin: ForeignSkill.Origin) throws {
    let skills = try Self.npx(Self.npx(entry: entry + #","computedHash":"\#(Self.hash)""#))
    #expect(skills == [ForeignSkill(name: "x", origin: origin, hash: Digest(Self.hash))])
  }

  @Test func `a hash may be missing or empty`() throws {
    for more in ["", #","computedHash":"""#] {
      #expect(try Self.npx(Self.npx(entry: #""source":"o/r","sourceType":"github""# + more))[0].hash == nil)
    }
  }

  static let brokenLocks: [(String, String)] = [
    ("", "is not JSON at line 1"),
    ("[]", "it is a list, not an object"),
    ("{}", "version: it is missing"),
    (#"{"version":2,"skills":{}}"#, "version: it is not 1"),
    (#"{"version":"1","skills":{}}"#, "version: it is not 1"),
    (#"{"version":1}"#, "skills: it is missing"),
    (#"{"version":1,"skills":[]}"#, "skills: it is a list"),
    (#"{"version":1,"skills":{"x":{},"x":{}}}"#, "skills.x: the key is there twice"),
    (#"{"version":1,"skills":{"x":"o/r"}}"#, "skills.x: it is a text, not an object"),
    (npx(entry: #""sourceType":"github""#), "skills.x.source: it is missing"),
    (npx(entry: #""source":"o/r""#), "skills.x.sourceType: it is missing"),
    (npx(entry: #""source":7,"sourceType":"github""#), "skills.x.source: it is a number"),
    (npx(entry: #""source":"o/r","sourceType":"github","ref":null"#), "skills.x.ref: it is null"),
    (npx(entry: #""source":"o/r","sourceType":"github","computedHash":"12""#), "'12' is not a hash"),
    ("{\"version\":1,\n<<<<<<< ours\n\"skills\":{}}", "marks of an unsettled merge, from line 2 on"),
  ]

  @Test(arguments: brokenLocks)
  func `refuses a lock of npx skills that is not one`(text: String, message: String) throws {
    let error = try #require(throws: MeshError.self) { try Self.npx(text) }
    #expect(error.code == .validationError)
    #expect(error.message.hasPrefix("skills-lock.json"))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.hint != nil)
  }

  @Test func `refuses lists that are too large`() throws {
    let large = String(repeating: " ", count: 1 << 20)
    let entries = (0...2_000).map { #""x\#($0)":{}"# }.joined(separator: ",")
    let lists = [
      try #require(throws: MeshError.self) { try Self.npx(large + "{}") },
      try #require(throws: MeshError.self) { try Self.npx(#"{"version":1,"skills":{"# + entries + "}}") },
      try #require(throws: MeshError.self) { try Self.manifest(large + "{}") },
      try #require(throws: MeshError.self) { try Self.manifest("{}", lock: large + "#") },
    ]
    #expect(lists.allSatisfy { $0.code == .validationError })
    #expect(lists[1].message.contains("it lists 2001 skills"))
  }

  // MARK: - skills-package-manager

  static let specifiers: [(String, ForeignSkill.Origin)] = [
    (
      "https://git.example/o/r.git#v1&path:/skills/x",
      .repository(address: "git+https://git.example/o/r.git", ref: "v1", folder: "skills/x")
    ),
    (
      "git@git.example:o/r.git#path:/", .repository(address: "git@git.example:o/r.git", ref: nil, folder: nil)
    ),
    ("/srv/r#HEAD&path:/x", .repository(address: "git+file:///srv/r", ref: "HEAD", folder: "x")),
    ("link:skills/x", .path("./skills/x")),
    ("link:../x", .path("../x")),
    ("npm:@a/b#path:/x", .other("it is a package of npm")),
    ("file:./x.tgz#path:/x", .other("it is in the file of a package of npm")),
    ("o/r", .other("'o/r' is no address of a repository")),
    ("https://h/r#a#b", .other("'https://h/r#a#b' is not written as source#ref&path:/folder")),
  ]

  @Test(arguments: specifiers)
  func `reads where a skill of another manifest comes from`(text: String, origin: ForeignSkill.Origin) throws {
    let manifest = try Self.manifest(#"{"linkTargets":[".a/skills"],"skills":{"x":"\#(text)"}}"#)
    #expect(manifest.skills == [ForeignSkill(name: "x", origin: origin)])
    #expect(manifest.linkTargets == [".a/skills"])
  }

  @Test func `takes the commit of the lock for what is still listed so, and no patched skill`() throws {
    let lock = """
      lockfileVersion: "0.1"
      installDir: .agents/skills
      linkTargets:
        - .claude/skills
      skills:
        kept:
          specifier: https://h/r.git#main&path:/kept
          resolution:
            type: git
            url: https://h/r.git
            commit: \(Self.commit)
            path: /kept
          digest: sha256-1
        moved:
          specifier: https://h/r.git#v1&path:/moved
          resolution: {type: git, commit: \(Self.commit)}
        linked:
          specifier: link:./linked
          resolution: {type: link, path: linked}
          digest: ""
      """
    let manifest = try Self.manifest(
      #"""
      {"installDir": ".agents/skills", "patchedSkills": {"fixed": "patches/fixed.patch"}, "skills": {
        "kept": "https://h/r.git#main&path:kept", "moved": "https://h/r.git#v2&path:/moved",
        "linked": "link:./linked", "fixed": "https://h/r.git#path:/fixed"},
       "dependencies": {"kept": "https://other/r.git", "more": "https://h/r.git#path:/more"}}
      """#, lock: lock)
    #expect(manifest.skills.map(\.name) == ["kept", "moved", "linked", "fixed", "more"])
    #expect(manifest.skills.map(\.commit) == [Self.commit, nil, nil, nil, nil])
    #expect(manifest.skills[3].origin == .other("a patch is laid over it"))
  }

  @Test(arguments: [
    (#"{"installDir":"x","skills":[]}"#, "skills: it is a list"),
    (#"{"installDir":"x","skills":{"x":1}}"#, "skills.x: it is a number"),
    (#"{"linkTargets":[1]}"#, "linkTargets[0]: it is a number"),
  ])
  func `refuses another manifest with the key`(text: String, message: String) throws {
    let error = try #require(throws: MeshError.self) { try Self.manifest(text) }
    #expect(error.code == .validationError)
    #expect(error.message.contains(message), "\(error)")
  }

  static let brokenYAML = [
    "lockfileVersion: '0.2'\nskills: {}", "skills: {}", "lockfileVersion: '0.1'", "lockfileVersion: '0.1'\nskills: []",
    "lockfileVersion: '0.1'\nskills: {x: 1}", "lockfileVersion: '0.1'\nskills: {x: {specifier: a}}",
    "lockfileVersion: '0.1'\nskills: {x: {specifier: a, resolution: {type: git, commit: HEAD}}}",
    "lockfileVersion: '0.1'\nskills: &a {x: *a}", "lockfileVersion: '0.1'\nskills: {}\nskills: {}",
    "lockfileVersion: '0.1'\n<<<<<<< ours\nskills: {", String(repeating: "[", count: 5_000),
  ]

  @Test(arguments: brokenYAML)
  func `refuses a lock beside another manifest that is not one`(text: String) throws {
    let error = try #require(throws: MeshError.self) { try Self.manifest("{}", lock: text) }
    #expect(error.code == .validationError)
    #expect(error.message.hasPrefix("skills-lock.yaml, line "), "\(error)")
  }

  @Test func `knows whose file it is`() {
    #expect(ForeignManifest.isIn(Array("\u{FEFF}{\"installDir\":\"x\"}".utf8)))
    #expect(!ForeignManifest.isIn(Array(#"{"installDir":"x","format":1}"#.utf8)))
    #expect(!ForeignManifest.isIn(ProjectManifest().encoded))
    #expect(!ForeignManifest.isIn(Array("{".utf8)))
  }
}
