import Testing

@testable import Skills

@Suite struct DocumentFieldsTests {
  @Test func `reads every field that means something`() throws {
    let document = try Documents.read(
      """
      name: pdf-forms
      description: Fills forms.
      license: MIT
      compatibility: Needs git
      allowed-tools: Read Bash(git add:*),Write
      private: yes
      metadata:
        version: "2.1.0"
      """)
    #expect(document.name == "pdf-forms" && document.description == "Fills forms.")
    #expect(document.frontMatter["license"]?.string == "MIT")
    #expect(document.compatibility == "Needs git" && document.isPrivate)
    #expect(document.allowedTools == ["Read", "Bash(git add:*)", "Write"])
    #expect(document.version == "2.1.0")
    #expect(try document.semanticVersion()?.description == "2.1.0")
    #expect(document.body == "\n# Title\n\nText.\n")
  }

  @Test(arguments: [
    ("acme/a, acme/b@^1", ["acme/a", "acme/b@^1"]), ("acme/a@>=1 <2 acme/b", ["acme/a@>=1 <2", "acme/b"]),
    ("\n    - acme/a@^1 || ^3\n    - acme/b@>=1.2  <3", ["acme/a@^1 || ^3", "acme/b@>=1.2 <3"]),
    ("[acme/a acme/b@1 - 2, nonsense]", ["acme/a", "acme/b@1 - 2", "nonsense"]), ("\n    acme/a: ^1", []), ("[]", []),
  ])
  func `reads what a skill depends on, ranges with blanks too`(value: String, words: [String]) throws {
    #expect(try Documents.read("name: a\nmetadata:\n  dependencies: \(value)").dependencies == words)
  }

  @Test(arguments: [
    ("version: 1.2.3\nmetadata:\n  version: 9.9.9", "1.2.3"), ("metadata:\n  version: 1.2.3", "1.2.3"),
    ("metadata: {\"version\":\"1.2.3\"}", "1.2.3"), ("version:\nmetadata: {version: 1.2.3}", "1.2.3"),
    ("version: 1.10", "1.10"),
    ("name: a", nil), ("version: [1]", nil), ("metadata: text", nil),
  ])
  func `takes the version at the top, else that of the metadata`(source: String, version: String?) throws {
    #expect(try Documents.read(source).version == version)
  }

  @Test func `a version of two numbers means what it says, and junk is refused`() throws {
    #expect(try Documents.read("version: 1.10").semanticVersion()?.description == "1.10.0")
    #expect(try Documents.read("name: a").semanticVersion() == nil)
    let document = try Documents.read("version: 1.2.3junk")
    #expect(throws: VersionRefusal.self) { try document.semanticVersion() }
  }

  @Test(arguments: [
    ("allowed-tools:\n  - Read\n  - Bash(ls, cat)", ["Read", "Bash(ls, cat)"]),
    ("allowed-tools: [Read, Write]", ["Read", "Write"]),
    ("allowed-tools: Read, Write", ["Read", "Write"]), ("allowed-tools:", []), ("allowed-tools: {a: b}", []),
    ("name: a", []),
    ("allowed-tools: Bash(git:*", ["Bash(git:*"]),
  ])
  func `lists the tools however they are written`(source: String, tools: [String]) throws {
    #expect(try Documents.read(source).allowedTools == tools)
  }

  @Test(arguments: [
    ("private: true", true), ("private: \"1\"", true), ("private: no", false), ("name: a", false),
    ("private: on", true),
    ("private: perhaps", true), ("private: [no]", true), ("private:", true), ("isPrivate: yes", true),
    ("is_private: True", true), ("Private: \"true\"", true), ("is-private: 1", true), ("PRIVATE: YES", true),
    ("metadata:\n  private: true", true), ("metadata:\n  isPrivate: \"yes\"", true),
    ("metadata:\n  private: off", false),
    ("metadata: {is_private: 1}", true), ("private: no\nmetadata:\n  private: \"true\"", true), ("privat: yes", true),
    ("metadata:\n  pirvate: true", true), ("public: false", true), ("isPublic: yes", false),
    ("visibility: private", true),
    ("visibility: public", false), ("visibility: team", true), ("privacy: handled with care", false),
    ("privacy: private", true), ("title: private notes", false), ("metadata:\n  internal: true", true),
    ("metadata: {agent-mesh: {private: true}}", true), ("metadata:\n  openclaw:\n    private: \"true\"", true),
    ("metadata: {a: {b: {c: {is_private: 1}}}}", true), ("metadata: {tool: {private: no}}", false),
    ("metadata.agent-mesh.private: true", true), ("private_skill: true", true), ("not-public: true", true),
    ("public_api: https://example.org", false), ("internal: true\nprivate: no", false), ("internal: no", false),
  ])
  func `is private when it says so, or says something unclear`(source: String, isPrivate: Bool) throws {
    #expect(try Documents.read(source).isPrivate == isPrivate)
  }

  @Test func `joins a description that is a list`() throws {
    #expect(try Documents.read("description:\n  - one\n  - two").description == "one, two")
    #expect(try Documents.read("description: {a: b}").description == nil)
  }
}
