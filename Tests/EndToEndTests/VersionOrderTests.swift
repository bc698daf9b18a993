import Testing

/// Which number a skill is published under, and what becomes of one below the newest.
@Suite struct VersionOrderTests {
  @Test func `a skill without a version is counted from 1_0_0 by all commands`() async throws {
    let scene = try await Scene.open()
    try scene.write("---\nname: counted\ndescription: Counts.\n---\n\nOne.\n", to: "counted/SKILL.md")
    let first = try await scene.agentMesh(["skills", "publish", "counted"])
    #expect(try first.json()["version"] as? String == "1.0.0", "\(first.errors)")
    try scene.write(scene.read("counted/SKILL.md") + "Two.\n", to: "counted/SKILL.md")
    let raised = try await scene.agentMesh(["skills", "version", "patch", "counted"])
    #expect(try raised.json()["old"] as? String == "1.0.0", "\(raised.errors)")
    #expect(try raised.json()["new"] as? String == "1.0.1")
    let second = try await scene.agentMesh(["skills", "publish", "counted"])
    #expect(second.status == 0, "\(second.errors)")
    #expect(try await scene.agentMesh(["skills", "info", "acme/counted"]).json()["version"] as? String == "1.0.1")
  }

  @Test(arguments: [[], ["--version", "1.1.0"]])
  func `a version below the newest is published only when somebody says so`(option: [String]) async throws {
    let scene = try await Scene.open()
    try scene.skill("ordered", version: "1.2.0")
    #expect(try await scene.agentMesh(["skills", "publish", "ordered"]).status == 0)
    if option.isEmpty { try scene.skill("ordered", version: "1.1.0") }
    let publish = ["skills", "publish", "ordered"] + option
    let refused = try await scene.agentMesh(publish)
    #expect(refused.status == 2, "\(refused.errors)")
    #expect(try refused.json()["error"] as? String == "confirmation_needed")
    #expect(refused.errors.contains("1.1.0 is below 1.2.0"), "\(refused.errors)")
    #expect(refused.errors.contains("agent-mesh skills version 1.2.1"), "\(refused.errors)")
    #expect(try await scene.agentMesh(["skills", "info", "acme/ordered@1.1.0"]).status == 4)
    let agreed = try await scene.agentMesh(publish + ["--yes"])
    #expect(agreed.status == 0, "\(agreed.errors)")
    #expect(try await scene.agentMesh(["skills", "info", "acme/ordered"]).json()["version"] as? String == "1.2.0")
    #expect(try await scene.agentMesh(["skills", "info", "acme/ordered@1.1.0"]).status == 0)
  }
}
