import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// The record in a skill folder may have come with a cloned project: nothing in it is believed that could do harm.
@Suite struct MarkTests {
  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "a"])
    try await scene.install("acme/probe")
    return scene
  }

  private func rewrite(_ scene: Scene, _ change: (inout [String: Any]) -> Void) throws {
    let path = scene[".agents/skills/probe/.agent-mesh.json"].string
    let data = try Data(contentsOf: URL(filePath: path))
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    change(&object)
    try JSONSerialization.data(withJSONObject: object).write(to: URL(filePath: path))
  }

  private static let ways: [String] = [
    "../outside", "../../outside", ".claude/../../outside", "/tmp", "", ".", "..", ".git/hooks", ".claude/skills/..",
    ".agents/skills", ".agents/skills/probe", "no/such/agent", ".claude/skills/", "./.claude/skills", "~/x",
    ".claude\u{0}/skills", "outside-link",
  ]

  @Test(arguments: ways)
  func `a recorded link that is no agent's folder is followed by no verb`(way: String) async throws {
    let scene = try await scene()
    try scene.makeLink("outside-link", to: scene.outside.string)
    let links = [way, way + "/", ".claude/skills"]
    try rewrite(scene) { $0["links"] = links }
    // A link and a marked folder out there, such as removing would look for.
    let mark = try #require(scene.text(".agents/skills/probe/.agent-mesh.json"))
    try mark.write(toFile: scene.outside.string + "/probe/.agent-mesh.json", atomically: false, encoding: .utf8)
    let outside = try treeHash(of: scene.outside)
    let parent = try FileManager.default.contentsOfDirectory(atPath: scene.outside.removingLastComponent().string)
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a.md": "A"])
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
    #expect(try treeHash(of: scene.outside) == outside)
    try rewrite(scene) { $0["links"] = links }
    try await scene.install("acme/probe", force: true)
    #expect(try treeHash(of: scene.outside) == outside)
    try rewrite(scene) { $0["links"] = links }
    try await scene.remove("probe")
    #expect(try treeHash(of: scene.outside) == outside)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scene.outside.removingLastComponent().string) == parent)
    #expect(scene.names(".") == [".agents", ".claude", "outside-link"])
    #expect(scene.names(".agents") == ["skills"])
    #expect(!scene.exists(".claude/skills/probe"))
  }

  @Test(
    arguments: [
      ("reference", "acme/../x"), ("reference", "acme/Probe"), ("reference", "acme"), ("folder", "other"),
      ("version", "1"), ("version", "latest"), ("version", ""), ("version", "\u{1B}[2J"), ("digest", "sha256:00"),
      ("tree_digest", "h1:x"), ("registry", 7 as any Sendable), ("links", ".claude/skills"), ("files", "none"),
      ("format", 0), ("format", "1"),
    ] as [(String, any Sendable)])
  func `a record with a field that cannot be ours makes the folder somebody else's`(
    key: String, value: any Sendable
  ) async throws {
    let scene = try await scene()
    try rewrite(scene) { $0[key] = value }
    try scene.registry.publish("acme/probe", "2.0.0")
    let before = try scene.hash()
    #expect(try await scene.update().reasons == ["probe not_managed"])
    #expect(await code { try await scene.install("acme/probe") } == .conflict)
    #expect(await code { try await scene.remove("probe") } == .conflict)
    #expect(try scene.hash() == before)
    #expect(try Examination(of: scene.targets()).installed.map(\.slug) == ["probe"])
    #expect(try Examination(of: scene.targets()).installed.first?.mark == nil)
  }

  @Test(arguments: [
    "reference", "version", "registry", "digest", "tree_digest", "is_private", "links", "files", "format",
  ])
  func `a record that lacks a field makes the folder somebody else's`(key: String) async throws {
    let scene = try await scene()
    try rewrite(scene) { $0[key] = nil }
    #expect(await code { try await scene.remove("probe") } == .conflict)
  }

  @Test(arguments: ["/", "///"])
  func `one registry may be written in several ways`(ending: String) async throws {
    let scene = try await scene()
    let address = scene.registry.address
    try rewrite(scene) { $0["registry"] = address.uppercased() + ending }
    try scene.registry.publish("acme/probe", "2.0.0")
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
  }

  @Test func `keys that we do not know are no harm`() async throws {
    let scene = try await scene()
    try rewrite(scene) { $0["signature"] = ["a": 1] }
    try scene.registry.publish("acme/probe", "2.0.0")
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
  }

  @Test func `files that the record names outside the folder are edits, and nothing there is touched`() async throws {
    let scene = try await scene()
    try rewrite(scene) { object in
      var files = object["files"] as? [[String: Any]] ?? []
      files.append(["path": "../../../outside/canary", "size": 5, "digest": files[0]["digest"]!, "executable": false])
      object["files"] = files
    }
    let before = try scene.hash()
    #expect(await code { try await scene.remove("probe") } == .localEdits)
    #expect(try scene.hash() == before)
  }
}
