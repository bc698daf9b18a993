import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// Folders of agents that are links themselves, and links that are more or less ours.
@Suite struct LinkTests {
  private func scene() throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "a"])
    return scene
  }

  @Test(arguments: [(".claude", ".agents"), (".claude/skills", "../.agents/skills")])
  func `an agent's folder that is the shared folder needs no link`(link: String, target: String) async throws {
    let scene = try scene()
    try scene.makeFolder(".agents/skills")
    try scene.makeLink(link, to: target)
    try await scene.install("acme/probe")
    #expect(scene.names(".agents/skills") == ["probe"])
    #expect(scene.link(".agents/skills/probe") == nil)
    #expect(scene.text(".claude/skills/probe/a.md") == "a")
    #expect(try await scene.install("acme/probe").isEmpty)
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a.md": "A"])
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
    #expect(scene.text(".claude/skills/probe/a.md") == "A")
    try await scene.remove("probe")
    #expect(scene.names(".agents/skills") == [])
    #expect(scene.link(link) == target)
  }

  @Test func `a shared folder that is a link is used where it leads`() async throws {
    let scene = try scene()
    try scene.makeFolder("dotfiles/mine")
    try scene.makeLink(".agents/skills", to: "../dotfiles/mine")
    try await scene.install("acme/probe")
    #expect(scene.text("dotfiles/mine/probe/a.md") == "a")
    #expect(scene.link(".claude/skills/probe") == "../../dotfiles/mine/probe")
    #expect(scene.text(".claude/skills/probe/a.md") == "a")
    try await scene.remove("probe")
    #expect(scene.names("dotfiles/mine") == [])
    #expect(scene.names(".claude/skills") == [])
  }

  @Test(arguments: ["../../.agents/skills/probe", "ABSOLUTE"])
  func `a link that leads to the skill already is as good as ours`(text: String) async throws {
    let scene = try scene()
    let text = text == "ABSOLUTE" ? scene[".agents/skills/probe"].string : text
    try scene.makeLink(".claude/skills/probe", to: text)
    if text.hasPrefix("/") { try await scene.install("acme/probe", agents: ["codex"]) }
    _ = try? await scene.install("acme/probe")
    #expect(scene.link(".claude/skills/probe") == text)
    #expect(scene.text(".claude/skills/probe/a.md") == "a")
  }

  @Test func `two agents with one folder share one link`() async throws {
    let scene = try scene()
    try scene.makeFolder(".qoder/skills")
    try scene.makeLink(".trae", to: ".qoder")
    try await scene.install("acme/probe", agents: ["qoder", "trae"])
    #expect(scene.link(".qoder/skills/probe") == "../../.agents/skills/probe")
    try await scene.remove("probe")
    #expect(scene.names(".qoder/skills") == [])
  }

  @Test func `removing takes the links and leaves the folders of the agents`() async throws {
    let scene = try scene()
    try scene.write(".claude/skills/own/SKILL.md", "own")
    try await scene.install("acme/probe", agents: ["claude-code", "qoder"])
    try await scene.remove("probe")
    #expect(scene.names(".claude/skills") == ["own"])
    #expect(scene.names(".qoder/skills") == [])
    #expect(scene.names(".agents") == ["skills"])
    #expect(scene.names(".agents/skills") == [])
  }

  @Test(arguments: ["folder", "file", "link"])
  func `removing leaves what has taken the place of a link`(kind: String) async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    try scene.delete(".claude/skills/probe")
    switch kind {
    case "folder": try scene.write(".claude/skills/probe/SKILL.md", "mine")
    case "file": try scene.write(".claude/skills/probe", "mine")
    default: try scene.makeLink(".claude/skills/probe", to: scene.outside.string)
    }
    let before = try treeHash(of: scene[".claude/skills"])
    try await scene.remove("probe")
    #expect(try treeHash(of: scene[".claude/skills"]) == before)
    #expect(!scene.exists(".agents/skills/probe"))
  }

  @Test func `what was copied where links cannot be is ours until it is edited`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    try scene.delete(".claude/skills/probe")
    try FileManager.default.copyItem(
      atPath: scene[".agents/skills/probe"].string, toPath: scene[".claude/skills/probe"].string)
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a.md": "A"])
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
    #expect(scene.text(".claude/skills/probe/a.md") == "A")

    try scene.delete(".claude/skills/probe")
    try FileManager.default.copyItem(
      atPath: scene[".agents/skills/probe"].string, toPath: scene[".claude/skills/probe"].string)
    try scene.write(".claude/skills/probe/a.md", "edited in the copy")
    try scene.registry.publish("acme/probe", "3.0.0")
    let before = try scene.hash()
    #expect(try await scene.update().failures == ["probe conflict"])
    #expect(try scene.hash() == before)
    try await scene.remove("probe")
    #expect(scene.text(".claude/skills/probe/a.md") == "edited in the copy")
  }

  @Test func `a link to the user's own folder is neither updated nor replaced`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe", agents: ["codex"])
    try scene.move(".agents/skills/probe", to: "workshop")
    try scene.makeLink(".agents/skills/probe", to: "../../workshop")
    try scene.registry.publish("acme/probe", "2.0.0")
    let before = try scene.hash()
    #expect(try await scene.update().reasons == ["probe not_managed"])
    #expect(await code { try await scene.install("acme/probe") } == .conflict)
    #expect(try scene.hash() == before)
  }

  @Test func `a copied skill folder is not managed under its new name`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    try FileManager.default.copyItem(
      atPath: scene[".agents/skills/probe"].string, toPath: scene[".agents/skills/twin"].string)
    try scene.registry.publish("acme/probe", "2.0.0")
    let twin = try treeHash(of: scene[".agents/skills/twin"])
    let outcome = try await scene.update()
    #expect(outcome.moved == ["probe 1.0.0 2.0.0"])
    #expect(outcome.reasons == ["twin not_managed"])
    #expect(await code { try await scene.remove("twin") } == .conflict)
    #expect(try treeHash(of: scene[".agents/skills/twin"]) == twin)
  }
}
