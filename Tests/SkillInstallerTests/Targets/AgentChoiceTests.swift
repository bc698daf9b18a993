import Skills
import Testing

@testable import SkillInstaller

struct AgentChoiceTests {
  typealias Reason = AgentChoice.Reason

  @Test(
    arguments: [
      (["zed", "amp"], ["roo"], ["bob"], .project, ["amp", "roo", "zed"], Reason.asked),
      (["zed"], [], ["bob"], .project, ["claude-code", "zed"], .asked),
      (["zed"], nil, ["bob"], .project, ["zed"], .asked),
      (["zed"], [], ["bob"], .user, ["bob", "zed"], .asked),
      ([], ["roo", "claude-code"], ["bob"], .project, ["claude-code", "roo"], .manifest),
      ([], ["roo"], ["bob"], .user, ["roo"], .manifest),
      ([], [], ["roo", "bob", "bob"], .user, ["bob", "roo"], .remembered),
      ([], nil, ["gone", "bob"], .user, ["bob"], .remembered),
      ([], [], ["bob"], .project, ["claude-code"], .standard),
      ([], nil, ["bob"], .project, ["claude-code"], .standard),
      ([], [], ["gone", "*", ""], .user, ["claude-code"], .standard),
      ([], [], [], .project, ["claude-code"], .standard),
    ] as [([String], [String]?, [String], InstallTargets.Scope, [String], Reason)])
  func `what is asked for comes to what is in effect, and no machine decides for a project`(
    asked: [String], manifest: [String]?, remembered: [String], scope: InstallTargets.Scope, agents: [String],
    reason: Reason
  ) throws {
    let choice = try AgentChoice(asked: asked, manifest: manifest, remembered: remembered, in: scope) {
      Issue.record("nobody asked what is used")
      return []
    }
    #expect(choice.agents == agents)
    #expect(choice.reason == reason)
  }

  @Test(arguments: [
    (["*"], ["cursor", "eve"]), (["*", "amp"], ["amp", "cursor", "eve"]), (["*", "eve"], ["cursor", "eve"]),
  ])
  func `a star stands for every agent that is used`(words: [String], agents: [String]) throws {
    let choice = try AgentChoice(asked: words, in: .project) { Self.agents("eve", "cursor") }
    #expect(choice.agents == agents)
    #expect(choice.reason == .asked)
  }

  @Test func `a star passes over agents that have no folder of a user`() throws {
    #expect(try AgentChoice(asked: ["*"], in: .user) { Self.agents("eve", "cursor") }.agents == ["cursor"])
    #expect(try AgentChoice(asked: [], remembered: ["eve", "bob"], in: .user) { [] }.agents == ["bob"])
  }

  @Test(arguments: [(InstallTargets.Scope.project, []), (.user, ["eve"])])
  func `a star where no agent is used is an error`(scope: InstallTargets.Scope, used: [String]) throws {
    let error = try #require(throws: MeshError.self) {
      try AgentChoice(asked: ["*"], manifest: ["bob"], in: scope) { Agent.all.filter { used.contains($0.id) } }
    }
    #expect(error.code == .usage)
  }

  @Test(arguments: [["nobody"], ["*", "nobody"], [""], ["claude-code,cursor"], ["**"]])
  func `a word that is no agent is a usage error`(words: [String]) throws {
    let error = try #require(throws: MeshError.self) {
      try AgentChoice(asked: words, in: .project) { Self.agents("bob") }
    }
    #expect(error.code == .usage)
  }

  @Test(arguments: [["nobody"], ["bob", "*"]])
  func `a manifest with an unknown agent is at fault itself`(agents: [String]) throws {
    let error = try #require(throws: MeshError.self) {
      try AgentChoice(asked: [], manifest: agents, remembered: ["bob"], in: .project) { Self.agents("bob") }
    }
    #expect(error.code == .configurationError)
  }

  private static func agents(_ ids: String...) -> [Agent] { Agent.all.filter { ids.contains($0.id) } }
}
