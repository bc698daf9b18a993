import SkillInstaller
import Skills
import TestSupport
import Testing

/// A failure after the first change has been made.
@Suite struct RollbackTests {
  private func scene() throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/first", "1.0.0", files: ["v": "1"])
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    return scene
  }

  /// No backup can be made beside this.
  private func blockBackups(_ scene: Scene) throws {
    try scene.write(".agents/skills-backup", "in the way")
  }

  @Test func `an exchange is undone when the old folder cannot be kept`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    try scene.write(".agents/skills/probe/v", "mine")
    try scene.registry.publish("acme/probe", "2.0.0", files: ["v": "2"])
    try blockBackups(scene)
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe", force: true) } == .fileError)
    #expect(try await scene.update(force: true).failures == ["probe file_error"])
    #expect(try scene.hash() == before)
  }

  @Test func `skills and links that came first go again when a later one fails`() async throws {
    let scene = try scene()
    try scene.write(".agents/skills/probe/mine.md", "mine")
    try blockBackups(scene)
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/first", "acme/probe", force: true) } == .fileError)
    #expect(try scene.hash() == before)
  }

  @Test func `a skill goes back when what is in the way of its link cannot be kept`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    try scene.delete(".claude/skills/probe")
    try scene.write(".claude/skills/probe/SKILL.md", "mine")
    try scene.registry.publish("acme/probe", "2.0.0", files: ["v": "2"])
    try blockBackups(scene)
    let before = try scene.hash()
    #expect(try await scene.update(force: true).failures == ["probe file_error"])
    #expect(await code { try await scene.install("acme/probe@2.0.0", force: true) } == .fileError)
    #expect(try scene.hash() == before)
  }

  @Test func `links come back when the folder cannot be removed`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe", agents: ["claude-code", "qoder"])
    try scene.write(".agents/skills/probe/v", "mine")
    try blockBackups(scene)
    let before = try scene.hash()
    #expect(await code { try await scene.remove("probe", force: true) } == .fileError)
    #expect(try scene.hash() == before)
  }

  @Test func `what appears at the place of a link while the skill is fetched leaves everything as it was`() async throws
  {
    let scene = try scene()
    let archive = try #require(scene.registry.listed("acme/probe", "1.0.0")).archive
    scene.registry.change {
      $0.answers["probe/versions/1.0.0/download"] = { [unowned scene] _, connection in
        try scene.write(".claude/skills/probe", "mine")
        try connection.reply(200, archive)
      }
    }
    #expect(await code { try await scene.install("acme/first", "acme/probe") } == .conflict)
    #expect(scene.text(".claude/skills/probe") == "mine")
    #expect(!scene.exists(".agents"))
    #expect(scene.names(".claude/skills") == ["probe"])
  }
}
