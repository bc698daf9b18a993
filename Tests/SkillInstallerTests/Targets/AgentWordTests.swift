import Skills
import Testing

@testable import SkillInstaller

@Suite struct AgentWordTests {
  @Test(arguments: ["acme/mv", "acme/mv@^1", ".", "./project", "/"])
  func `a skill or a folder behind the option for agents is told to stand before it`(word: String) throws {
    let error = try #require(throws: MeshError.self) {
      try AgentChoice(asked: ["codex", word], in: .project) { [] }
    }
    #expect(error.code == .usage)
    #expect(error.message.contains("'\(word)' is no agent"))
    #expect(error.hint?.contains("before --agent") == true)
  }

  @Test(arguments: [
    ("clade", "claude-code"), ("claud", "claude-code"), ("gemni", "gemini-cli"), ("copilt", "github-copilot"),
  ])
  func `a slip in one word of a name is enough to be understood`(word: String, meant: String) throws {
    let error = try #require(throws: MeshError.self) { try AgentChoice(asked: [word], in: .project) { [] } }
    #expect(error.hint?.contains(meant) == true, "\(error.hint ?? "")")
  }

  @Test(arguments: ["xyzzyxyzzy", "acme/mv"])
  func `a word that is near to no agent does not bring the whole table`(word: String) throws {
    let error = try #require(throws: MeshError.self) { try AgentChoice(asked: [word], in: .project) { [] } }
    #expect((error.hint ?? "").count < 100)
  }
}
