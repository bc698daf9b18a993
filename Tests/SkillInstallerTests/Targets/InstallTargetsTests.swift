import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillInstaller

struct InstallTargetsTests {
  private static let project: FilePath = "/projects/app"

  @Test(arguments: [
    ([], [".claude/skills"]), (["claude-code"], [".claude/skills"]), (["cursor", "codex"], []),
    (["zencoder", "cursor", "aider-desk"], [".aider-desk/skills", ".zencoder/skills"]),
    (["qoder", "qoder-cn"], [".qoder/skills"]), (["roo", "roo"], [".roo/skills"]),
    (["openclaw", "eve", "astrbot"], ["agent/skills", "data/skills", "skills"]),
  ])
  func `agents of a project get links in their own folders`(agents: [String], folders: [String]) throws {
    let targets = try InstallTargets(project: Self.project, agents: agents)
    #expect(targets.scope == .project)
    #expect(targets.linkedFolders == folders)
    #expect(targets.linkedFolders.allSatisfy(targets.knownFolders.contains))
    #expect(targets.sharedFolder == "/projects/app/.agents/skills")
    #expect(targets.stateFolder == Self.project)
    #expect(targets.base == Self.project)
  }

  @Test func `chosen agents come once, in the order of the table`() throws {
    let targets = try InstallTargets(project: Self.project, agents: ["zed", "claude-code", "amp", "zed"])
    #expect(targets.agents.map(\.id) == ["amp", "claude-code", "zed"])
    #expect(try targets.choosing(["bob"]).agents.map(\.id) == ["bob"])
    #expect(try targets.choosing([]).agents.map(\.id) == [Agent.standard])
  }

  @Test func `a change of agents keeps the scope and the wish for copies`() throws {
    let user = try InstallTargets(user: AgentEnvironment(environment: ["HOME": "/h"]), copies: true)
    #expect(try user.choosing(["bob", "claude-code"]).linkedFolders == [".bob/skills", ".claude/skills"])
    #expect(try user.choosing(["bob"]).scope == .user)
    #expect(try user.choosing(["bob"]).copies)
    #expect(try !user.choosing(["bob"], copies: false).copies)
    #expect(throws: MeshError.self) { try user.choosing(["eve"]) }
  }

  @Test(arguments: [
    (["claude-code"], [".claude/skills"]), (["github-copilot", "cursor"], [".copilot/skills", ".cursor/skills"]),
    (["codex", "gemini-cli", "opencode", "cline", "warp", "zed"], []), (["amp"], ["/cfg/agents/skills"]),
    (["qoder", "qoder-cn"], [".qoder-cn/skills", ".qoder/skills"]), (["zencoder", "zenflow"], [".zencoder/skills"]),
    (["grok"], ["tools/grok/skills"]), (["universal", "replit"], ["/cfg/agents/skills"]),
    (["openclaw"], [".openclaw/skills"]),
  ])
  func `agents of a user get links where they do not read the shared folder`(
    agents: [String], folders: [String]
  ) throws {
    let environment = AgentEnvironment(
      environment: ["HOME": "/home/ann", "XDG_CONFIG_HOME": "/cfg", "GROK_HOME": "/home/ann/tools/grok"])
    let targets = try InstallTargets(user: environment, agents: agents)
    #expect(targets.scope == .user)
    #expect(targets.base == "/home/ann")
    #expect(targets.linkedFolders == folders)
    #expect(targets.linkedFolders.allSatisfy(targets.knownFolders.contains))
    #expect(targets.sharedFolder == "/home/ann/.agents/skills")
    #expect(targets.stateFolder == "/home/ann/.agent-mesh")
  }

  @Test func `an agent whose variable leads to the shared folder needs no link`() throws {
    let environment = AgentEnvironment(environment: ["HOME": "/h", "CLAUDE_CONFIG_DIR": "/h/x/../.agents"])
    let targets = try InstallTargets(user: environment)
    #expect(targets.linkedFolders == [])
    #expect(!targets.knownFolders.contains(Agent.sharedFolder))
  }

  @Test func `a home of the root directory has everything below it`() throws {
    let environment = AgentEnvironment(environment: ["HOME": "/", "CODEWHALE_HOME": "/srv/whale"])
    let targets = try InstallTargets(user: environment, agents: ["claude-code", "codewhale"])
    #expect(targets.linkedFolders == [".claude/skills", "srv/whale/skills"])
    #expect(targets.path(of: "srv/whale/skills") == "/srv/whale/skills")
  }

  @Test func `a home is not taken for the beginning of another`() throws {
    let environment = AgentEnvironment(environment: ["HOME": "/home/ann", "VIBE_HOME": "/home/anna/vibe"])
    #expect(try InstallTargets(user: environment, agents: ["mistral-vibe"]).linkedFolders == ["/home/anna/vibe/skills"])
  }

  @Test func `of several folders of a user the first that exists is taken`() throws {
    let machine = try AgentMachine()
    let openclaw = try Agent.named("openclaw")
    #expect(openclaw.globalFolder(in: machine.environment) == machine.folder["home/.openclaw/skills"])
    try machine.folder.folder("home/.moltbot/skills")
    #expect(openclaw.globalFolder(in: machine.environment) == machine.folder["home/.moltbot/skills"])
    try machine.folder.folder("home/.clawdbot/skills")
    #expect(openclaw.globalFolder(in: machine.environment) == machine.folder["home/.clawdbot/skills"])
  }

  @Test(arguments: ["eve", "promptscript"])
  func `an agent of projects only is refused for a user`(id: String) throws {
    let environment = AgentEnvironment(environment: ["HOME": "/h"])
    let error = try #require(throws: MeshError.self) { try InstallTargets(user: environment, agents: [id]) }
    #expect(error.code == .usage)
    #expect(try Agent.named(id).globalFolder(in: environment) == nil)
    #expect(throws: Never.self) { try InstallTargets(project: Self.project, agents: [id]) }
  }

  @Test func `an unknown agent is a usage error in both scopes`() throws {
    let environment = AgentEnvironment(environment: ["HOME": "/h"])
    let first = #expect(throws: MeshError.self) { try InstallTargets(project: Self.project, agents: ["nobody"]) }
    let second = #expect(throws: MeshError.self) { try InstallTargets(user: environment, agents: ["nobody"]) }
    #expect(first?.code == .usage)
    #expect(second?.code == .usage)
  }

  @Test(arguments: [
    ".agents/skills", "/etc", "../.claude/skills", ".claude/skills/", ".claude", ".qoder-cn/skills", "",
    "/projects/app/.claude/skills",
  ])
  func `a project knows the folders of its agents and no others`(folder: String) throws {
    let known = try InstallTargets(project: Self.project).knownFolders
    #expect(known.count == 55)
    #expect(known.contains(".zencoder/skills"))
    #expect(!known.contains(folder))
  }

  @Test func `a user knows every folder that a link could have been made in`() throws {
    let environment = AgentEnvironment(environment: ["HOME": "/h", "CLAUDE_CONFIG_DIR": "/cfg/claude"])
    let known = try InstallTargets(user: environment, agents: ["zed"]).knownFolders
    #expect(known.isSuperset(of: ["/cfg/claude/skills", ".claude/skills", ".clawdbot/skills", ".qoder-cn/skills"]))
    #expect(known.isDisjoint(with: [".agents/skills", ".codex/skills", "/cfg/claude", "agent/skills", "skills"]))
  }

  @Test(arguments: [(".claude/skills", "/h/.claude/skills"), ("/cfg/skills", "/cfg/skills")])
  func `a folder is below the base unless it is absolute`(folder: String, path: String) throws {
    let targets = try InstallTargets(user: AgentEnvironment(environment: ["HOME": "/h"]))
    #expect(targets.path(of: folder).string == path)
  }

  @Test func `choosing targets and asking for their state creates nothing`() throws {
    let machine = try AgentMachine()
    let user = try InstallTargets(user: machine.environment, agents: ["claude-code", "amp"])
    _ = TargetStatus.all(in: user, project: machine.project, machine.environment)
    #expect(!FileManager.default.fileExists(atPath: machine.folder["home/.agents"].string))
    #expect(!FileManager.default.fileExists(atPath: machine.folder["home/.claude"].string))
    #expect(!FileManager.default.fileExists(atPath: user.stateFolder.string))
  }
}
