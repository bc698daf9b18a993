import Foundation
import SkillInstaller
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct DoctorTests {
  private static let home = ["HOME": "/nonexistent"]

  /// Something that goes wrong in a project with the healthy skill `probe`, linked for Claude Code.
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: Finding.Rule
    let place: String
    let isFixable: Bool
    let harm: @Sendable (Scene) throws -> Void

    var testDescription: String { "\(kind.rawValue) at \(place)" }

    init(_ kind: Finding.Rule, _ place: String, fixes: Bool = false, _ harm: @escaping @Sendable (Scene) throws -> Void)
    {
      (self.kind, self.place, isFixable, self.harm) = (kind, place, fixes, harm)
    }
  }

  static let cases: [Case] = [
    Case(.linkBroken, ".claude/skills/gone", fixes: true) {
      try $0.makeLink(".claude/skills/gone", to: "../../.agents/skills/gone")
    },
    Case(.linkBroken, ".augment/skills/gone") { try $0.makeLink(".augment/skills/gone", to: "/nowhere/gone") },
    Case(.linkBroken, ".agents/skills/gone") { try $0.makeLink(".agents/skills/gone", to: "../gone") },
    Case(.linkMissing, ".claude/skills/probe", fixes: true) { try $0.delete(".claude/skills/probe") },
    Case(.linkMissing, ".claude/skills/probe") {
      try $0.delete(".claude/skills/probe")
      try $0.write(".claude/skills/probe", "a file")
    },
    Case(.orphanedRecord, ".agents/skills/probe") {
      try $0.write("skills.json", #"{"format": 1, "skills": {}}"#)
      try $0.write("skills.lock", #"{"format": 1, "skills": []}"#)
    },
    Case(.orphanedRecord, ".agents/skills/renamed") {
      try $0.move(".agents/skills/probe", to: ".agents/skills/renamed")
    },
    Case(.orphanedRecord, ".augment/skills/gone") {
      try $0.write(".augment/skills/gone/SKILL.md", $0.text(".agents/skills/probe/SKILL.md") ?? "")
      let mark = $0.text(".agents/skills/probe/.agent-mesh.json") ?? ""
      try $0.write(
        ".augment/skills/gone/.agent-mesh.json", mark.replacing("\"folder\": \"probe\"", with: "\"folder\": \"gone\""))
    },
    Case(.linkMissing, ".goose/skills/probe") {
      try $0.write("skills.json", #"{"format": 1, "agents": ["goose"], "skills": {}}"#)
    },
    Case(.unreadable, ".agents/skills/.agent-mesh") { try $0.makeLink(".agents/skills/.agent-mesh", to: "/tmp") },
    Case(.duplicate, ".codebuddy/skills/probe") {
      try $0.write(".codebuddy/skills/probe/SKILL.md", $0.text(".agents/skills/probe/SKILL.md") ?? "")
    },
    Case(.leftovers, ".agents/skills/.agent-mesh", fixes: true) {
      try $0.write(".agents/skills/.agent-mesh/probe.abc.skill/SKILL.md", "half")
    },
    Case(.leftovers, ".claude/skills/.agent-mesh", fixes: true) {
      try $0.write(".claude/skills/.agent-mesh/probe.new/SKILL.md", "half")
    },
    Case(.ignored, ".agents/skills/mine") { try $0.write(".agents/skills/mine/skill.md", "---\nname: mine\n---\n") },
    Case(.unknownAgent, "skills.json") {
      try $0.write("skills.json", #"{"format": 1, "agents": ["clade"], "skills": {}}"#)
    },
    Case(.unreadable, "skills.lock") { try $0.write("skills.lock", "{") },
    Case(.disagreement, "skills.lock") {
      try $0.write("skills.json", #"{"format": 1, "skills": {"acme/other": "^1"}}"#)
    },
    Case(.disagreement, "skills.lock") { try $0.write("skills.lock", #"{"format": 1, "skills": []}"#) },
    Case(.listingCost, ".agents/skills") {
      for number in 1...9 {
        let text = "---\nname: long-\(number)\ndescription: \(String(repeating: "w", count: 1_000))\n---\n"
        try $0.write(".agents/skills/long-\(number)/SKILL.md", text)
      }
    },
  ]

  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "1"])
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a.md": "2"])
    try await scene.install("acme/probe@1.0.0")
    return scene
  }

  private func diagnose(_ scene: Scene, home: [String: String] = home) throws -> [Finding] {
    try Diagnosis(of: scene.targets(), AgentEnvironment(environment: home)).findings()
  }

  private func fix(_ scene: Scene) async throws -> Diagnosis.Outcome {
    try await Diagnosis(of: scene.targets(), AgentEnvironment(environment: Self.home)).fix()
  }

  @Test func `nothing is wrong after an installation, and fixing changes nothing`() async throws {
    let scene = try await scene()
    let before = try scene.hash()
    #expect(try diagnose(scene) == [])
    #expect(try await fix(scene) == Diagnosis.Outcome(fixed: [], left: []))
    #expect(try scene.hash() == before)
  }

  @Test func `a folder without skills is healthy, and stays empty`() async throws {
    let scene = try Scene()
    #expect(try await fix(scene) == Diagnosis.Outcome(fixed: [], left: []))
    #expect(scene.names("") == [])
  }

  @Test(arguments: cases) func `finds what is wrong, and looking changes nothing`(_ example: Case) async throws {
    let scene = try await scene()
    try example.harm(scene)
    let before = try scene.hash()
    let found = try diagnose(scene).filter { $0.rule == example.kind && $0.path == example.place }
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.isFixable == example.isFixable })
    #expect(found.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty })
    #expect(try scene.hash() == before)
  }

  @Test(arguments: cases.filter(\.isFixable)) func `fixes what is ours`(_ example: Case) async throws {
    let scene = try await scene()
    let healthy = try treeHash(of: scene.project)
    try example.harm(scene)
    let outcome = try await fix(scene)
    #expect(outcome.left == [])
    #expect(outcome.fixed.map(\.rule) == [example.kind])
    #expect(try treeHash(of: scene.project) == healthy)
  }

  @Test(arguments: cases.filter { !$0.isFixable }) func `leaves what is not ours as it is`(_ example: Case)
    async throws
  {
    let scene = try await scene()
    try example.harm(scene)
    let left = try diagnose(scene).filter { $0.isFixable == false }
    let before = try treeHash(of: scene.project)
    let outcome = try await fix(scene)
    #expect(Set(outcome.left).isSuperset(of: left))
    if outcome.fixed.isEmpty { #expect(try treeHash(of: scene.project) == before) }
    #expect(try scene.isOutsideUntouched())
  }

  @Test func `a copy of an older version is made again, and an edited one is kept`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "1"])
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a.md": "2"])
    let targets = try InstallTargets(project: scene.project, copies: true)
    let installer = SkillInstaller(client: try scene.registry.client(), targets: targets)
    try await installer.install([SkillReference(parsing: "acme/probe@1.0.0")], InstallOptions())
    try scene.move(".claude/skills/probe", to: "older")
    _ = try await installer.update(UpdateRequest(nil), InstallOptions())
    if scene.exists(".claude/skills/probe") { try scene.delete(".claude/skills/probe") }
    try scene.delete(".agents/skills/probe")
    try await scene.install("acme/probe@2.0.0", force: true)
    try scene.delete(".claude/skills/probe")
    try scene.move("older", to: ".claude/skills/probe")

    #expect(try diagnose(scene).map(\.rule) == [.copyDiffers])
    #expect(try await fix(scene).left == [])
    #expect(scene.text(".claude/skills/probe/a.md") == "2")

    try scene.write(".claude/skills/probe/a.md", "mine")
    let outcome = try await fix(scene)
    #expect(outcome.left.map(\.rule) == [.copyDiffers])
    #expect(outcome.left.allSatisfy { $0.isFixable == false })
    #expect(scene.text(".claude/skills/probe/a.md") == "mine")
  }

  @Test func `the user's own skill of the same name is reported`() async throws {
    let scene = try await scene()
    try scene.write("home/.claude/skills/probe/SKILL.md", "---\nname: probe\ndescription: Mine.\n---\n")
    let found = try diagnose(scene, home: ["HOME": scene["home"].string])
    #expect(found.map(\.rule) == [.shadowed])
    #expect(found.first?.path == ".claude/skills/probe")
  }

  @Test(arguments: [true, false]) func `a tree is copied whole and apart, by clones or plainly`(_ clones: Bool) throws {
    let scene = try Scene()
    try scene.write("from/a/b.md", "1")
    try scene.write("from/run.sh", "#!/bin/sh\n", mode: 0o755)
    try scene.write("from/empty", "")
    try scene.makeFolder("to")
    let before = try treeHash(of: scene["from"])
    try TreeCopy(clones: clones).copy(Directory.open(scene["from"]), to: Directory.open(scene["to"]))
    #expect(try treeHash(of: scene["to"]) == before)
    #expect(try scene.mode("to/run.sh") == 0o755)
    #expect(try scene.mode("to/a/b.md") == 0o644)
    let file = try FileHandle(forWritingTo: URL(filePath: scene["to/a/b.md"].string))
    try file.write(contentsOf: Data("2".utf8))
    #expect(try treeHash(of: scene["from"]) == before)
  }
}
