import SkillInstaller
import Skills
import Testing

/// The agents of a project are written down, and every clone has the same.
@Suite struct ProjectAgentsTests {
  private func scene() throws -> Scene {
    let scene = try Scene()
    for name in ["acme/one", "acme/two"] { try scene.registry.publish(name, "1.0.0") }
    return scene
  }

  @Test func `the first install writes down for whom it is`() async throws {
    let scene = try scene()
    try await scene.add("acme/one")
    #expect(try scene.manifest?.agents == ["claude-code"])
    let other = try Scene(scene.registry)
    try await other.add("acme/one", agents: ["qoder", "zed"])
    #expect(try other.manifest?.agents == ["qoder", "zed"])
  }

  @Test func `agents that are named come to those that are there, for every skill`() async throws {
    let scene = try scene()
    try await scene.add("acme/one")
    try await scene.add("acme/two", agents: ["claude-code", "qoder"])
    #expect(try scene.manifest?.agents == ["claude-code", "qoder"])
    for skill in ["one", "two"] {
      for folder in [".claude", ".qoder"] { #expect(scene.exists("\(folder)/skills/\(skill)"), "\(folder) \(skill)") }
    }
  }

  @Test(arguments: ["", #", "agents": []"#])
  func `a project that says nothing of agents does so from the next install on`(agents: String) async throws {
    let scene = try scene()
    try scene.write("skills.json", #"{"format": 1, "skills": {}\#(agents)}"#)
    try await scene.add("acme/one")
    #expect(try scene.manifest?.agents == ["claude-code"])
  }

  @Test func `a project that begins with skills that are there already says for whom they are`() async throws {
    let scene = try scene()
    try await scene.install("acme/one")
    let targets = try scene.targets(["qoder"])
    _ = try await Adoption.perform(of: Examination(of: targets).known().skills, in: targets)
    #expect(try scene.manifest?.agents == ["qoder"])
  }
}
