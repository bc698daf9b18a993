import SkillInstaller
import Skills
import TestSupport
import Testing

@Suite struct ReinstallTests {
  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "a", "old.md": "old"])
    try await scene.install("acme/probe")
    return scene
  }

  @Test(arguments: [true, false]) func `installing again is success, says so and changes nothing`(saves: Bool)
    async throws
  {
    let scene = try await scene()
    let options = InstallOptions(saves: saves)
    let change = ProjectChange.add([try SkillReference(parsing: "acme/probe")])
    try await scene.installer().perform(change, options)
    let before = try scene.hash()
    let outcome = try await scene.installer().perform(change, options)
    #expect(outcome.items.isEmpty)
    #expect(outcome.plan.alreadyInstalled.map(\.title) == ["acme/probe@1.0.0"])
    #expect(try scene.hash() == before)
  }

  @Test func `what is written down anew is not called installed already`() async throws {
    let scene = try await scene()
    #expect(try await scene.add("acme/probe").plan.alreadyInstalled.isEmpty)
    #expect(try scene.wanted == ["acme/probe ^1.0.0"])
  }

  @Test func `another version is no reason to replace what is there`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/probe", "2.0.0")
    let before = try scene.hash()
    #expect(try await scene.install("acme/probe").isEmpty)
    #expect(try await scene.install("acme/probe@^1").isEmpty)
    #expect(try scene.hash() == before)
  }

  @Test func `a version that is asked for by its number takes the place of the one that is there`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/probe", "2.0.0")
    #expect(try await scene.install("acme/probe@2.0.0").map(\.action) == [.update])
    #expect(try await scene.install("acme/probe@1.0.0").map(\.previousVersion) == ["2.0.0"])
  }

  @Test func `force installs again, forward or backward, and an untouched folder needs no backup`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a.md": "A"])
    try await scene.install("acme/probe", force: true)
    #expect(scene.names(".agents/skills/probe") == [".agent-mesh.json", "SKILL.md", "a.md"])
    let items = try await scene.install("acme/probe@1.0.0", force: true)
    #expect(items.first?.previousVersion == "2.0.0")
    #expect(scene.text(".agents/skills/probe/old.md") == "old")
    #expect(!scene.exists(".agents/skills-backup"))
    #expect(scene.names(".agents/skills") == ["probe"])
  }

  @Test func `a missing link is completed without fetching anything`() async throws {
    let scene = try await scene()
    try scene.delete(".claude")
    let asked = scene.registry.server.requests.count
    let plan = try await scene.installer().plan([SkillReference(parsing: "acme/probe")], InstallOptions())
    #expect(plan.map(\.action) == [.complete])
    let items = try await scene.install("acme/probe")
    #expect(scene.text(".claude/skills/probe/a.md") == "a")
    #expect(items.first?.fileCount == 3)
    #expect(scene.registry.server.requests.dropFirst(asked).allSatisfy { $0.target.hasPrefix("/index/") })
  }

  @Test func `a further agent is linked, recorded, and forgotten by removing`() async throws {
    let scene = try await scene()
    try await scene.install("acme/probe", agents: ["qoder"])
    #expect(scene.link(".qoder/skills/probe") == "../../.agents/skills/probe")
    let mark = try #require(try Examination(of: scene.targets()).installed.first?.mark)
    #expect(mark.links == [".claude/skills", ".qoder/skills"])
    try await scene.remove("probe")
    #expect(!scene.exists(".qoder/skills/probe"))
    #expect(!scene.exists(".claude/skills/probe"))
    #expect(!scene.exists(".agents/skills/probe"))
  }

  @Test func `force for one agent keeps the links of the others`() async throws {
    let scene = try await scene()
    try await scene.install("acme/probe", agents: ["qoder"], force: true)
    let mark = try #require(try Examination(of: scene.targets()).installed.first?.mark)
    #expect(mark.links == [".claude/skills", ".qoder/skills"])
  }

  @Test func `the same version with other content is a matter of integrity`() async throws {
    let scene = try await scene()
    let other = try FakeVersion(of: "probe", "1.0.0", files: ["a.md": "evil"])
    scene.registry.amend("acme/probe", "1.0.0") { $0 = other }
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe") } == .integrityError)
    #expect(try await scene.update().failures == ["probe integrity_error"])
    #expect(try scene.hash() == before)
  }

  @Test func `a folder that only its owner may change is replaced as well`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["docs/a.md": "a"])
    try await scene.install("acme/probe")
    try scene.setMode(".agents/skills/probe/docs", 0o555)
    try scene.registry.publish("acme/probe", "2.0.0", files: ["b.md": "b"])
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
    #expect(scene.names(".agents/skills") == ["probe"])
  }
}
