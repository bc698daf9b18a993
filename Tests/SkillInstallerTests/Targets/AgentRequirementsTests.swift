import Foundation
import Skills
import Testing

@testable import SkillInstaller

struct AgentRequirementsTests {
  @Test func `nothing is said of a plain skill`() throws {
    #expect(try issues("name: probe\ndescription: Does it\nlicense: MIT") == [])
  }

  @Test(
    arguments: [
      ("name: other\ndescription: d", "codex", Severity.warning, "folder is 'probe'"),
      ("name: other\ndescription: d", "claude-code", .note, "'/probe'"),
      ("name: Probe It\ndescription: d", "zed", .warning, "is not a skill name"),
      ("name: \(letters("n", 65))\ndescription: d", "codex", .error, "65 characters"),
      ("description: d", "opencode", .error, "no name"),
      ("name: ' '\ndescription: d", "opencode", .error, "no name"),
      ("description: d", "codex", .warning, "no name"),
      ("name: probe", "codex", .error, "no description"),
      ("name: probe\ndescription: '  '", "zed", .error, "no description"),
      ("name: probe\ndescription:", "claude-code", .note, "first paragraph"),
      ("name: probe\ndescription: [a, b]", "zed", .warning, "list or a mapping"),
      ("name: probe\ndescription: \(letters("d", 1025))", "codex", .error, "1025 characters"),
      ("name: probe\ndescription: \(letters("d", 1537))", "claude-code", .warning, "1537 characters"),
      (
        "name: probe\ndescription: \(letters("d", 1000))\nwhen_to_use: \(letters("w", 537))",
        "claude-code", .warning, "1537 characters"
      ),
      ("name: probe\ndescription: Use: always", "codex", .error, "line 3 of the front matter"),
      ("name: probe\ndescription: Use: always", "zed", .warning, "may be skipped"),
      ("name: probe\ndescription: Use: always", "claude-code", .warning, "no front matter"),
      ("name: probe\ndescription: Use: x\nallowed-tools: Read", "claude-code", .warning, "limits of 'allowed-tools'"),
      ("name: probe\ndescription: d\nallowed-tools: Read", "kiro-cli", .warning, "do not hold"),
      ("name: probe\ndescription: d\nallowed-tools: Read", "zencoder", .warning, "do not hold"),
      ("name: probe\ndescription: d\nallowed-tools: [Read]", "codex", .note, "no text"),
      ("name: probe\ndescription: d\ncontext: fork", "cline", .note, "context: fork"),
      ("name: probe\ndescription: d\nhooks:\n  Stop: x", "codex", .warning, "commands do not run"),
      (
        "name: probe\ndescription: d\nmetadata: {\"clawdbot\": {\"requires\": {\"bins\": [\"gh\", \"jq\"]}}}",
        "openclaw",
        .note, "bins gh, jq"
      ),
    ] as [(String, String, Severity, String)])
  func `an agent that reads a skill otherwise is reported`(
    frontMatter: String, agent: String, severity: Severity, words: String
  ) throws {
    let issues = try issues(frontMatter).filter { $0.message.contains(words) && $0.concerns(agent) }
    #expect(issues.map(\.severity) == [severity])
    #expect(issues.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test(arguments: [
    ("name: \(letters("n", 64))\ndescription: d", "characters"),
    ("name: probe\ndescription: \(letters("d", 1024))", "characters"),
    ("name: probe\ndescription: \(letters("é", 1024))", "characters"),
    (
      "name: probe\ndescription: \(letters("d", 1000))\nwhen_to_use: \(letters("w", 536))",
      "characters"
    ),
    ("name: probe\ndescription: d\nallowed-tools:", "allowed-tools"),
    ("name: probe\ndescription: d\ncontext: inline", "context"),
    ("name: probe\ndescription: d\nhooks:", "hooks"),
    ("name: probe\ndescription: d\nmetadata:\n  openclaw: x", "hidden"),
  ])
  func `what is just within a limit is not reported`(frontMatter: String, words: String) throws {
    #expect(try !issues(frontMatter).contains { $0.message.contains(words) })
  }

  @Test(arguments: [
    ("name: probe\ndescription: d\nallowed-tools: Read", ["claude-code", "codex", "zed"]),
    ("name: probe\ndescription: d\ncontext: fork", ["claude-code"]),
    ("name: probe\ndescription: d\nhooks:\n  Stop: x", ["claude-code", "cline", "kiro-cli"]),
    ("name: probe\ndescription: \(letters("d", 1300))", ["claude-code", "opencode", "zed"]),
    ("description: d", ["claude-code"]),
  ])
  func `an agent that knows a field has no issue with it`(frontMatter: String, agents: [String]) throws {
    let issues = try issues(frontMatter)
    #expect(!issues.isEmpty)
    for agent in agents { #expect(!issues.contains { $0.concerns(agent) }, "\(agent)") }
  }

  @Test(arguments: ["skill.md", "Skill.md", "SKILL.MD", "skills.md", "", "README.md\u{1B}[2J"])
  func `a document under another name is not found`(mainFile: String) throws {
    let issues = try issues("name: probe\ndescription: d", mainFile: mainFile)
    #expect(issues.map(\.severity) == [.error])
    #expect(issues.map(\.agents) == [[]])
    #expect(!issues[0].message.contains("\u{1B}"))
  }

  @Test(arguments: [
    ("probe", "SKILL.md", []), ("probe", "a/SKILL.md", [Severity.warning]), ("set/probe", "SKILL.md", [.warning]),
    ("probe", "a/b/c/d/e/SKILL.md", [.warning]), ("probe", "a/b/c/d/e/f/SKILL.md", [.error, .warning]),
  ])
  func `a document that lies too deep is not found`(folder: String, file: String, severities: [Severity]) throws {
    #expect(try issues("name: probe\ndescription: d", folder: folder, mainFile: file).map(\.severity) == severities)
  }

  @Test(arguments: [("\u{FEFF}", Severity.note), ("\n", .warning), ("Hello\n", .warning)])
  func `what stands before the front matter is reported`(prefix: String, severity: Severity) throws {
    let document = try SkillDocument(reading: Array("\(prefix)---\nname: probe\ndescription: d\n---\n".utf8))
    let issues = AgentRequirements.issues(of: document, folder: "probe", mainFile: "SKILL.md")
    #expect(issues.map(\.severity) == [severity])
  }

  @Test(arguments: [
    ("no front matter", ["zed": Severity.error, "claude-code": .warning]),
    ("---\nname: [\n---\n", ["zed": .error, "claude-code": .warning]),
    ("---\nname: x\u{0}\n---\n", ["zed": .error, "claude-code": .error]),
  ])
  func `a document that cannot be read is reported`(text: String, severities: [String: Severity]) throws {
    let refusal = try #require(throws: DocumentRefusal.self) { try SkillDocument(reading: Array(text.utf8)) }
    let issues = AgentRequirements.issues(of: refusal, folder: "probe", mainFile: "SKILL.md")
    for (agent, severity) in severities {
      #expect(issues.filter { $0.concerns(agent) }.map(\.severity) == [severity])
    }
  }

  @Test func `an issue is narrowed to the chosen agents`() throws {
    let chosen = ["kiro-cli", "claude-code"].compactMap { id in Agent.all.first { $0.id == id } }
    let some = try #require(try issues("name: probe\ndescription: d\nallowed-tools: Read").first)
    #expect(some.among(chosen)?.agents == ["kiro-cli"])
    #expect(some.among(Array(chosen.dropFirst())) == nil)
    let every = try #require(try issues("name: probe\ndescription: d", mainFile: "skill.md").first)
    #expect(every.among(chosen)?.agents == ["kiro-cli", "claude-code"])
  }

  @Test func `nothing of a document reaches a terminal unescaped`() throws {
    let hostile = "\u{1B}[2J\u{202E}"
    let issues = try issues(
      "name: \"\(hostile)\"\ndescription: d\nallowed-tools: [\"\(hostile)\"]\n"
        + "metadata: {openclaw: {requires: {env: [\"\(hostile)\"]}}}", folder: "a\(hostile)")
    #expect(issues.count >= 5)
    for issue in issues {
      #expect(!(issue.message + issue.remedy).unicodeScalars.contains(where: TerminalText.isUnsafe))
    }
  }

  private func issues(
    _ frontMatter: String, folder: String = "probe", mainFile: String = "SKILL.md"
  ) throws -> [AgentIssue] {
    let document = try SkillDocument(reading: Array("---\n\(frontMatter)\n---\n\nText.\n".utf8))
    return AgentRequirements.issues(of: document, folder: folder, mainFile: mainFile)
  }
}

extension AgentIssue {
  fileprivate func concerns(_ agent: String) -> Bool { agents.isEmpty || agents.contains(agent) }
}

private func letters(_ letter: String, _ count: Int) -> String { String(repeating: letter, count: count) }
