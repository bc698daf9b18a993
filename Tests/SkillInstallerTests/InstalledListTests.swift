import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

@Suite struct InstalledListTests {
  @Test func `lists what we installed and what somebody made, and changes nothing`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.2.3")
    try await scene.install("acme/probe")
    try scene.write(
      ".agents/skills/own/SKILL.md", "---\nname: Own name\ndescription: Mine.\nversion: 9\n---\n")
    try scene.write(".agents/skills/plain/SKILL.md", "no front matter")
    try scene.makeLink(".agents/skills/workshop", to: "../../shop")
    try scene.write("shop/SKILL.md", "---\nname: shop\n---\n")
    let before = try scene.hash()
    let found = try Examination(of: scene.targets()).installed
    #expect(found.map(\.slug) == ["own", "plain", "probe", "workshop"])
    #expect(found.map(\.name) == ["Own name", nil, "probe", "shop"])
    #expect(found.map(\.version) == ["9", nil, "1.2.3", nil])
    #expect(found.map { $0.mark?.reference } == [nil, nil, "acme/probe", nil])
    #expect(try scene.hash() == before)
  }

  @Test func `what is no skill is left out, and nothing odd stops the listing or blocks it`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try await scene.install("acme/probe")
    try scene.write(".agents/skills/file.md", "x")
    try scene.makeFolder(".agents/skills/empty")
    try scene.makeLink(".agents/skills/broken", to: "nowhere")
    try scene.makeLink(".agents/skills/circle", to: "circle")
    try scene.makeFolder(".agents/skills/pipe")
    mkfifo(scene[".agents/skills/pipe/SKILL.md"].string, 0o600)
    mkfifo(scene[".agents/skills/pipe/.agent-mesh.json"].string, 0o600)
    try scene.write(".agents/skills/folder/SKILL.md/x", "x")
    try scene.write(".agents/skills/folder/.agent-mesh.json/x", "x")
    try scene.makeLink(".agents/skills/linked/SKILL.md", to: "../probe/SKILL.md")
    try scene.write(".agents/skills/huge/SKILL.md", String(repeating: "x", count: (1 << 20) + 1))
    if Scene.takesAnyName { try scene.makeRaw(".agents/skills", [0xFF]) }
    let slugs = try Examination(of: scene.targets()).installed.map(\.slug)
    #expect(slugs.contains("probe"))
    #expect(Set(slugs).isSubset(of: ["probe", "pipe", "folder", "linked", "huge"]))
    #expect(try await scene.update().failures == [])
  }

  @Test func `a skill of ours is listed when its main file is gone`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try await scene.install("acme/probe")
    try scene.delete(".agents/skills/probe/SKILL.md")
    #expect(try Examination(of: scene.targets()).installed.map(\.slug) == ["probe"])
  }

  @Test func `a project without skills has none`() throws {
    #expect(try Examination(of: Scene().targets()).installed.isEmpty)
  }
}
