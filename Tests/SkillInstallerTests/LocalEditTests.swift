import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// What a person did to a skill after it was installed.
@Suite struct LocalEditTests {
  enum Edit: String, CaseIterable, Sendable {
    case changed, changedWithSameSize, added, addedHidden, addedDeep, removed, removedSkillMarkdown, madeExecutable
    case madePlain, linkAdded, fileBecameLink, fileBecameFolder, folderBecameFile, nameNotUTF8, folderNotUTF8, pipeAdded

    func make(in scene: Scene) throws {
      let skill = ".agents/skills/probe"
      switch self {
      case .changed: try scene.write("\(skill)/a.md", "another text")
      case .changedWithSameSize: try scene.write("\(skill)/a.md", "b")
      case .added: try scene.write("\(skill)/new.md", "new")
      case .addedHidden: try scene.write("\(skill)/.hidden", "new")
      case .addedDeep: try scene.write("\(skill)/docs/" + String(repeating: "d/", count: 40) + "f", "deep")
      case .removed: try scene.delete("\(skill)/a.md")
      case .removedSkillMarkdown: try scene.delete("\(skill)/SKILL.md")
      case .madeExecutable: try scene.setMode("\(skill)/a.md", 0o755)
      case .madePlain: try scene.setMode("\(skill)/run.sh", 0o644)
      case .linkAdded: try scene.makeLink("\(skill)/door", to: scene.outside.string)
      case .fileBecameLink:
        try scene.delete("\(skill)/a.md")
        try scene.makeLink("\(skill)/a.md", to: scene.outside.string + "/canary")
      case .fileBecameFolder:
        try scene.delete("\(skill)/a.md")
        try scene.write("\(skill)/a.md/x", "x")
      case .folderBecameFile:
        try scene.delete("\(skill)/docs")
        try scene.write("\(skill)/docs", "x")
      case .nameNotUTF8: try scene.makeRaw(skill, [0xFF, 0x66], isFolder: false)
      case .folderNotUTF8: try scene.makeRaw(skill, [0xE9])
      case .pipeAdded: mkfifo(scene["\(skill)/pipe"].string, 0o600)
      }
    }

    static let all = allCases.filter { Scene.takesAnyName || ![.nameNotUTF8, .folderNotUTF8].contains($0) }
  }

  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish(
      "acme/probe", "1.0.0", files: ["a.md": "a", "docs/d.md": "d"], executables: ["run.sh": "#!/bin/sh\n"])
    try await scene.install("acme/probe")
    try scene.registry.publish("acme/probe", "2.0.0", files: ["a.md": "A"])
    return scene
  }

  @Test(arguments: Edit.all)
  func `edits are found and stop installing, updating and removing`(edit: Edit) async throws {
    let scene = try await scene()
    try edit.make(in: scene)
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe@1.0.0") } == .localEdits)
    #expect(await code { try await scene.install("acme/probe@2.0.0") } == .localEdits)
    #expect(await code { try await scene.remove("probe") } == .localEdits)
    let outcome = try await scene.update()
    #expect(outcome.reasons == ["probe local_edits"])
    #expect(outcome.moved == [])
    #expect(try scene.hash() == before)
  }

  @Test(arguments: Edit.all, ["install", "update", "remove"])
  func `force keeps the edited folder whole`(edit: Edit, verb: String) async throws {
    let scene = try await scene()
    try edit.make(in: scene)
    let before = try treeHash(of: scene[".agents/skills"], only: "probe")
    switch verb {
    case "install": try await scene.install("acme/probe@1.0.0", force: true)
    case "update": #expect(try await scene.update(force: true).moved == ["probe 1.0.0 2.0.0"])
    default: try await scene.remove("probe", force: true)
    }
    #expect(try treeHash(of: scene[".agents/skills-backup"], only: "probe-1") == before)
    #expect(scene.names(".agents/skills-backup") == ["probe-1"])
    #expect(scene.text(".agents/skills/probe/a.md") == (verb == "install" ? "a" : verb == "update" ? "A" : nil))
    #expect(scene.names(".agents/skills") == (verb == "remove" ? [] : ["probe"]))
  }

  @Test func `the refusal names what was changed, and no more than five of it`() async throws {
    let scene = try await scene()
    for number in 1...7 { try scene.write(".agents/skills/probe/n\(number)\u{1B}", "") }
    let error = await #expect(throws: MeshError.self) { try await scene.remove("probe") }
    #expect(error?.message.contains(#"n1\u{1B}"#) == true)
    #expect(error?.message.contains("and 2 more") == true)
    #expect(error?.message.contains("\u{1B}") == false)
  }

  @Test func `touching a skill without changing it is no edit`() async throws {
    let scene = try await scene()
    try scene.write(".agents/skills/probe/a.md", "a")
    try scene.setMode(".agents/skills/probe/a.md", 0o600)
    #expect(try await scene.update().moved == ["probe 1.0.0 2.0.0"])
    #expect(!scene.exists(".agents/skills-backup"))
  }

  @Test func `an edit that is made while the new version is fetched is kept`() async throws {
    let scene = try await scene()
    let archive = try #require(scene.registry.listed("acme/probe", "2.0.0")).archive
    scene.registry.change {
      $0.answers["/2.0.0/download"] = { [unowned scene] _, connection in
        try scene.write(".agents/skills/probe/a.md", "in the last moment")
        try connection.reply(200, archive)
      }
    }
    #expect(try await scene.update().updated.flatMap(\.backups).count == 1)
    #expect(scene.text(".agents/skills-backup/probe-1/a.md") == "in the last moment")
    #expect(scene.text(".agents/skills/probe/a.md") == "A")
  }

  @Test func `a folder that appears while the skill is fetched is kept`() async throws {
    let scene = try Scene()
    let archive = try scene.registry.publish("acme/probe", "1.0.0").archive
    scene.registry.change {
      $0.answers["/1.0.0/download"] = { [unowned scene] _, connection in
        try scene.write(".agents/skills/probe/mine.md", "mine")
        try connection.reply(200, archive)
      }
    }
    #expect(await code { try await scene.install("acme/probe") } == .conflict)
    #expect(scene.text(".agents/skills/probe/mine.md") == "mine")
    #expect(scene.names(".agents/skills") == ["probe"])
  }
}
