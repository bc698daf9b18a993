import SkillInstaller
import Skills
import TestSupport
import Testing

/// Agents that get copies, as on file systems without links.
@Suite struct CopyTests {
  private static let copy = ".claude/skills/probe"

  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish(
      "acme/probe", "1.0.0", files: ["a/b/c.md": "1", "empty": ""], executables: ["run.sh": "#!/bin/sh\n"])
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a/b/c.md": "2"])
    _ = try await installer(scene).install([SkillReference(parsing: "acme/probe@1.0.0")], InstallOptions())
    return scene
  }

  private func installer(_ scene: Scene) throws -> SkillInstaller {
    SkillInstaller(
      client: try scene.registry.client(), targets: try InstallTargets(project: scene.project, copies: true))
  }

  @Test func `a copy is the whole skill with its record and modes`() async throws {
    let scene = try await scene()
    #expect(try treeHash(of: scene[Self.copy]) == treeHash(of: scene[".agents/skills/probe"]))
    #expect(scene.link(Self.copy) == nil)
    #expect(scene.names(".claude/skills") == ["probe"])
    let installer = try installer(scene)
    let references = [try SkillReference(parsing: "acme/probe@1.0.0")]
    #expect(try await installer.install(references, InstallOptions()).isEmpty)
  }

  @Test(arguments: [true, false]) func `links become copies when somebody asks for copies`(
    isFrozen: Bool
  ) async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "a"])
    try await scene.add("acme/probe")
    #expect(scene.link(Self.copy) != nil)
    let change = ProjectChange.add([try SkillReference(parsing: "acme/probe")])
    _ = try await installer(scene).perform(
      isFrozen ? .install(isFrozen: true) : change, InstallOptions(saves: !isFrozen))
    #expect(scene.link(Self.copy) == nil)
    #expect(try treeHash(of: scene[Self.copy]) == treeHash(of: scene[".agents/skills/probe"]))
    #expect(scene.names(".claude/skills") == ["probe"])
  }

  @Test func `a copy follows its skill forward and goes with it`() async throws {
    let scene = try await scene()
    let installer = try installer(scene)
    #expect(try await installer.update(UpdateRequest(), InstallOptions()).moved == ["probe 1.0.0 2.0.0"])
    #expect(try treeHash(of: scene[Self.copy]) == treeHash(of: scene[".agents/skills/probe"]))
    try await scene.remove("probe")
    #expect(scene.names(".claude/skills") == [])
    #expect(scene.names(".agents/skills") == [])
  }

  @Test func `a copy stays one when it is updated by somebody who does not ask for copies`() async throws {
    let scene = try await scene()
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
    #expect(scene.link(Self.copy) == nil)
    #expect(try treeHash(of: scene[Self.copy]) == treeHash(of: scene[".agents/skills/probe"]))
    #expect(scene.names(".claude/skills") == ["probe"])
  }

  @Test func `a copy that an interrupted update left behind is brought up to date`() async throws {
    let scene = try await scene()
    try scene.move(Self.copy, to: "older")
    let installer = try installer(scene)
    _ = try await installer.update(UpdateRequest(), InstallOptions())
    try scene.delete(Self.copy)
    try scene.move("older", to: Self.copy)
    try scene.write(".claude/skills/.agent-mesh/probe.new/half", "half")
    #expect(try await installer.update(UpdateRequest(), InstallOptions()).reasons == ["probe up_to_date"])
    #expect(try treeHash(of: scene[Self.copy]) == treeHash(of: scene[".agents/skills/probe"]))
    #expect(scene.names(".claude/skills") == ["probe"])
  }

  @Test func `a copy comes back when removing fails`() async throws {
    let scene = try await scene()
    try scene.write(".agents/skills/probe/empty", "mine")
    try scene.write(".agents/skills-backup", "in the way")
    let before = try scene.hash()
    #expect(await code { try await scene.remove("probe", force: true) } == .fileError)
    #expect(try scene.hash() == before)
  }
}
