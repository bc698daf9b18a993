import Foundation
import SkillInstaller
import Skills
import SystemPackage
import TestSupport
import Testing

/// Every state in which an interrupted run can have left the working folder.
@Suite struct RecoveryTests {
  private static let work = ".agents/skills/.agent-mesh"
  private static let stage = work + "/probe.0123456789ab"
  private static let target = ".agents/skills/probe"

  /// 1.0.0 stands in its place; `new` and `old` are complete skills to put together a state from.
  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    try scene.registry.publish("acme/probe", "2.0.0", files: ["v": "2"])
    try await scene.install("acme/probe@2.0.0")
    try scene.move(Self.target, to: "new")
    try await scene.install("acme/probe@1.0.0")
    try scene.makeFolder(Self.work)
    return scene
  }

  /// Any verb recovers first; this one does nothing else here.
  private func recover(_ scene: Scene) async throws {
    _ = try await scene.installer().plan([SkillReference(parsing: "acme/probe@1.0.0")], InstallOptions(force: true))
    #expect(!scene.exists(Self.work))
  }

  private var value: String { Self.target + "/v" }

  @Test func `a new folder that never came to its place is cleared away`() async throws {
    let scene = try await scene()
    try scene.move("new", to: Self.stage + ".skill")
    try scene.write(Self.stage + ".archive", "half")
    try await recover(scene)
    #expect(scene.text(value) == "1")
    #expect(!scene.exists(".agents/skills-backup"))
  }

  @Test func `a half-written new folder is cleared away`() async throws {
    let scene = try await scene()
    try scene.write(Self.stage + ".skill/half/of", "it")
    try await recover(scene)
    #expect(scene.text(value) == "1")
    #expect(!scene.exists(".agents/skills-backup"))
  }

  @Test func `after the exchange the old folder is cleared away`() async throws {
    let scene = try await scene()
    try scene.move(Self.target, to: Self.stage + ".skill")
    try scene.move("new", to: Self.target)
    try scene.write(Self.stage + ".keep", "")
    try await recover(scene)
    #expect(scene.text(value) == "2")
    #expect(!scene.exists(".agents/skills-backup"))
  }

  @Test(arguments: ["skill", "old"])
  func `after the exchange an edited old folder becomes a backup`(name: String) async throws {
    let scene = try await scene()
    try scene.write(value, "mine")
    try scene.move(Self.target, to: Self.stage + "." + name)
    try scene.move("new", to: Self.target)
    try scene.write(Self.stage + ".keep", "")
    try await recover(scene)
    #expect(scene.text(value) == "2")
    #expect(scene.text(".agents/skills-backup/probe-1/v") == "mine")
  }

  @Test(arguments: ["file", "link", "foreign"])
  func `after the exchange whatever stood there becomes a backup`(kind: String) async throws {
    let scene = try await scene()
    try scene.delete(Self.target)
    try scene.move("new", to: Self.target)
    switch kind {
    case "file": try scene.write(Self.stage + ".skill", "mine")
    case "link": try scene.makeLink(Self.stage + ".skill", to: scene.outside.string)
    default: try scene.write(Self.stage + ".skill/v", "mine")
    }
    try scene.write(Self.stage + ".keep", "")
    try await recover(scene)
    #expect(scene.text(value) == "2")
    #expect(scene.exists(".agents/skills-backup/probe-1"))
    #expect(scene.names(".agents/skills-backup") == ["probe-1"])
    #expect(try scene.isOutsideUntouched())
  }

  @Test(arguments: [true, false])
  func `a folder that was taken out to be removed becomes a backup when it was edited`(isEdited: Bool) async throws {
    let scene = try await scene()
    if isEdited { try scene.write(value, "mine") }
    try scene.move(Self.target, to: Self.stage + ".leaving")
    try scene.move("new", to: Self.target)
    try await recover(scene)
    #expect(scene.text(value) == "2")
    #expect(scene.text(".agents/skills-backup/probe-1/v") == (isEdited ? "mine" : nil))
  }

  @Test func `before the exchange the finished new folder is no backup, although one was announced`() async throws {
    let scene = try await scene()
    try scene.move("new", to: Self.stage + ".skill")
    try scene.write(Self.stage + ".keep", "")
    try await recover(scene)
    #expect(scene.text(value) == "1")
    #expect(!scene.exists(".agents/skills-backup"))
  }

  @Test(arguments: [true, false])
  func `an old folder that was moved away and not replaced comes back`(isKept: Bool) async throws {
    let scene = try await scene()
    try scene.write(value, isKept ? "mine" : "1")
    try scene.move(Self.target, to: Self.stage + ".old")
    try scene.move("new", to: Self.stage + ".skill")
    if isKept { try scene.write(Self.stage + ".keep", "") }
    try await recover(scene)
    #expect(scene.text(value) == (isKept ? "mine" : "1"))
    #expect(!scene.exists(".agents/skills-backup"))
  }

  @Test func `a link that was not made is made by the next install`() async throws {
    let scene = try await scene()
    try scene.delete(".claude/skills/probe")
    try await scene.install("acme/probe@1.0.0")
    #expect(scene.text(".claude/skills/probe/v") == "1")
    #expect(!scene.exists(Self.work))
  }

  @Test func `a link without its skill is taken for ours by the next install`() async throws {
    let scene = try await scene()
    try scene.delete(Self.target)
    try scene.delete(Self.work)
    try await scene.install("acme/probe@1.0.0")
    #expect(scene.text(".claude/skills/probe/v") == "1")
  }

  @Test func `removing that was cut short goes through the second time`() async throws {
    let scene = try await scene()
    try scene.delete(".claude/skills/probe")
    try await scene.remove("probe")
    #expect(scene.names(".agents/skills") == [])

    let second = try await self.scene()
    try second.delete(".claude/skills/probe")
    try second.move(Self.target, to: Self.stage + ".skill")
    #expect(await code { try await second.remove("probe") } == .notInstalled)
    #expect(second.names(".agents/skills") == [])
  }

  @Test func `garbage of every kind is cleared away, and nothing that it points to`() async throws {
    let scene = try await scene()
    try scene.write(Self.work + "/no slug/x", "x")
    try scene.write(Self.work + "/file", "x")
    try scene.write(Self.work + "/probe.file", "x")
    try scene.write(Self.work + "/..strange/old/x", "x")
    try scene.makeLink(Self.work + "/probe.link", to: scene.outside.string)
    try scene.makeLink(Self.work + "/link", to: scene.outside.string)
    try scene.makeLink(Self.stage + ".skill/deep/link", to: scene.outside.string)
    mkfifo(scene[Self.work + "/probe.pipe"].string, 0o600)
    mkfifo(scene[Self.stage + ".archive"].string, 0o600)
    try scene.write(Self.stage + ".skill/" + String(repeating: "d/", count: 200) + "f", "deep")
    try scene.write(Self.stage + ".skill/locked/f", "x")
    try scene.write(Self.work + "/other.00.keep/in/the", "way")
    try scene.write(".claude/skills/.agent-mesh/probe.old/v", "1")
    try scene.write(".augment/skills/.agent-mesh/gone.old/v", "1")
    try scene.setMode(Self.stage + ".skill/locked", 0o555)
    for name: [UInt8] in [[0xFF], [0xC3, 0x28]] where Scene.takesAnyName {
      try scene.makeRaw(Self.work, name)
      try scene.makeRaw(Self.stage + ".skill", name, isFolder: false)
    }
    try await recover(scene)
    #expect(scene.text(value) == "1")
    #expect(try scene.isOutsideUntouched())
    #expect(scene.names(".agents") == ["skills"])
    #expect(!scene.exists(".claude/skills/.agent-mesh"))
    #expect(!scene.exists(".augment/skills/.agent-mesh"))
  }

  @Test(arguments: ["file", "link"])
  func `a working folder that is none is not worked in`(kind: String) async throws {
    let scene = try await scene()
    try scene.delete(Self.work)
    if kind == "file" {
      try scene.write(Self.work, "mine")
    } else {
      try scene.makeLink(Self.work, to: scene.outside.string)
    }
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe@2.0.0", force: true) } == .fileError)
    #expect(try await scene.update().failures == ["probe file_error"])
    #expect(try scene.hash() == before)
  }
}
