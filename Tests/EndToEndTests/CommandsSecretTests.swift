import Foundation
import Testing

@Suite struct CommandsSecretTests {
  /// A folder, its archive, and its SKILL.md, each with what looks like a key.
  private func leaky(_ scene: Scene) async throws {
    let secret = "AKIA" + "Q7RZ4WJ2NX5TKDVM"
    try scene.write("---\nname: leaky\ndescription: Leaks.\n---\n\nUse \(secret).\n", to: "leaky/SKILL.md")
    let packed = try await scene.agentMesh(
      ["skills", "pack", "leaky", "-o", "leaky.tar.gz", "--allow-secret", "SKILL.md"])
    #expect(packed.status == 0, "\(packed.errors)")
  }

  @Test(arguments: ["leaky", "leaky.tar.gz", "leaky/SKILL.md"])
  func `validate finds a secret wherever the skill comes from, unless its file is named`(path: String) async throws {
    let scene = try await Scene.open(authors: [])
    try await leaky(scene)
    let found = try await scene.agentMesh(["skills", "validate", path], as: "user")
    #expect(found.status == 1)
    #expect(found.output.contains("possible-secret"))
    let allowed = try await scene.agentMesh(["skills", "validate", path, "--allow-secret", "SKILL.md"], as: "user")
    #expect(allowed.status == 0, "\(allowed.output)")
  }

  @Test(arguments: [["leaky"], ["leaky.tar.gz"], ["--stdin"]])
  func `publish refuses a secret wherever the skill comes from, unless its file is named`(words: [String]) async throws
  {
    let scene = try await Scene.open()
    try await leaky(scene)
    let text = words == ["--stdin"] ? try scene.read("leaky/SKILL.md") : ""
    let refused = try await scene.agentMesh(["skills", "publish"] + words, input: text)
    #expect(refused.status == 2)
    #expect(refused.output.contains("possible-secret"))
    let unknown = try await scene.agentMesh(["skills", "publish", "--allow-secret", "no.md"] + words, input: text)
    #expect(unknown.status == 2)
    let allowed = try await scene.agentMesh(["skills", "publish", "--allow-secret", "SKILL.md"] + words, input: text)
    #expect(allowed.status == 0, "\(allowed.errors)")
  }

  @Test func `an untouched template is reported, and its next steps can be pasted`() async throws {
    let scene = try await Scene.open(authors: [])
    let made = try await scene.agentMesh(["skills", "init", "My Skill!", "--human"], as: "user")
    #expect(made.output.contains("agent-mesh skills validate 'My Skill!'"), "\(made.output)")
    let checked = try await scene.agentMesh(["skills", "validate", "My Skill!"], as: "user")
    #expect(checked.output.contains("template"), "\(checked.output)")
  }
}
