import Skills
import SystemPackage
import Testing

@testable import SkillInstaller

struct AgentTableTests {
  @Test func `knows eighty agents by identifiers of their own`() {
    #expect(Agent.all.count == 80)
    #expect(Set(Agent.all.map(\.id)).count == 80)
    #expect(Set(Agent.all.map(\.name)).count == 80)
    #expect(Agent.all.first?.id == "aider-desk")
    #expect(Agent.all.last?.id == "universal")
  }

  @Test func `twenty-two read the shared folder of a project`() {
    #expect(Agent.all.count { $0.readsSharedFolder } == 22)
  }

  @Test func `what the notes of the table say is kept`() {
    #expect(Agent.all.filter(\.createsProjectFolder).map(\.id) == ["claude-code", "codewhale"])
    #expect(Agent.all.filter(\.isForProjectsOnly).map(\.id) == ["eve", "promptscript"])
    #expect(Agent.all.filter { $0.signs == nil }.map(\.id) == ["universal"])
  }

  @Test func `those that read the shared folder of a user need no link there`() {
    #expect(
      Agent.all.filter(\.readsSharedUserFolder).map(\.id) == [
        "cline", "codex", "dexto", "gemini-cli", "kimi-code-cli", "loaf", "opencode", "sarvam-code", "warp", "zed",
      ])
  }

  @Test(arguments: Agent.all)
  func `every row is written as its readers understand`(agent: Agent) {
    for path in AgentSigns.alternatives(agent.userFolder ?? "") {
      #expect(AgentPath(path) != nil, "\(path)")
    }
    if let signs = agent.signs { #expect(AgentSigns(signs) != nil, "\(signs)") }
    #expect(throws: Never.self) { try SkillPath(parsing: agent.folder) }
    #expect(agent.folder == "skills" || agent.folder.hasSuffix("/skills"))
    #expect(agent.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
  }

  @Test func `the variables of the environment are those of the table`() {
    let paths = Agent.all.flatMap { AgentSigns.alternatives($0.userFolder ?? "") }.compactMap(AgentPath.init)
    let signs = Agent.all.compactMap(\.signs).compactMap(AgentSigns.init)
    #expect(Set(paths.compactMap(\.variable) + signs.flatMap(\.variables)) == AgentEnvironment.names)
  }

  @Test(arguments: [
    ("claude", "claude-code"), ("Claude Code", "claude-code"), ("claude_code", "claude-code"), ("gemini", "gemini-cli"),
    ("copilot", "github-copilot"), ("cusror", "cursor"), ("windsrf", "windsurf"), ("kimi", "kimi-code-cli"),
    ("AdaL", "adal"), ("codex-cli", "codex"), ("IBM Bob", "bob"),
  ])
  func `an unknown agent is a usage error that names the one that was meant`(word: String, meant: String) throws {
    let error = try #require(throws: MeshError.self) { try Agent.named(word) }
    #expect(error.code == .usage)
    #expect(Agent.near(word).first == meant)
    #expect(error.hint?.contains(meant) == true)
  }

  @Test(arguments: ["", "zz", "nothing-like-it", String(repeating: "a", count: 100_000), "\u{1B}[2J"])
  func `a word like no agent is told where all agents are listed`(word: String) throws {
    let error = try #require(throws: MeshError.self) { try Agent.named(word) }
    #expect(error.hint == "See: agent-mesh skills targets --all")
    #expect(!error.message.contains("\u{1B}"))
    #expect(error.message.count < 120)
  }
}
