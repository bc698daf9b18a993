import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// What may stand where a skill is to go.
@Suite struct ObstacleTests {
  /// Something that somebody else put there.
  enum Stranger: String, CaseIterable, Sendable {
    case folder, emptyFolder, file, linkOutside, brokenLink, pipe, corruptMark, emptyMark, hugeMark, markOfFolder
    case markOfLink, markOfPipe, markOfTheFuture, markOfNothing, markOfAnotherSlug

    func make(at place: String, in scene: Scene) throws {
      switch self {
      case .folder: try scene.write("\(place)/SKILL.md", "mine")
      case .emptyFolder: try scene.makeFolder(place)
      case .file: try scene.write(place, "mine")
      case .linkOutside: try scene.makeLink(place, to: scene.outside.string)
      case .brokenLink: try scene.makeLink(place, to: "nowhere/at/all")
      case .pipe:
        try scene.makeFolder(String(place.dropLast("/probe".count)))
        mkfifo(scene[place].string, 0o600)
      case .corruptMark: try mark("{\"format\":1,", at: place, in: scene)
      case .emptyMark: try mark("", at: place, in: scene)
      case .hugeMark: try mark(String(repeating: " ", count: 5 << 20) + "{}", at: place, in: scene)
      case .markOfFolder: try scene.write("\(place)/.agent-mesh.json/x", "mine")
      case .markOfLink:
        try scene.write("mark.json", Marks.text(of: "acme/probe", registry: scene.registry.address))
        try scene.makeLink("\(place)/.agent-mesh.json", to: scene["mark.json"].string)
      case .markOfPipe:
        try scene.makeFolder(place)
        mkfifo(scene["\(place)/.agent-mesh.json"].string, 0o600)
      case .markOfTheFuture:
        try mark(Marks.text(of: "acme/probe", registry: scene.registry.address, format: 2), at: place, in: scene)
      case .markOfNothing:
        try mark(Marks.text(of: "../../x", registry: scene.registry.address), at: place, in: scene)
      case .markOfAnotherSlug:
        try mark(Marks.text(of: "acme/other", registry: scene.registry.address), at: place, in: scene)
      }
    }

    private func mark(_ text: String, at place: String, in scene: Scene) throws {
      try scene.write("\(place)/.agent-mesh.json", text)
      try scene.write("\(place)/SKILL.md", "mine")
    }
  }

  private func scene() throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "a"])
    return scene
  }

  @Test(arguments: Stranger.allCases, [".agents/skills/probe", ".claude/skills/probe"])
  func `what we did not make is neither overwritten nor removed`(stranger: Stranger, place: String) async throws {
    let scene = try scene()
    try stranger.make(at: place, in: scene)
    let before = try scene.hash()
    let isNewer = stranger == .markOfTheFuture && place.hasPrefix(".agents")
    let refusal = isNewer ? ErrorCode.newerFormat : .conflict
    #expect(await code { try await scene.install("acme/probe") } == refusal)
    #expect(try scene.hash() == before)
    if place.hasPrefix(".agents") {
      #expect(await code { try await scene.remove("probe") } == refusal)
      #expect(try await scene.update().moved == [])
      #expect(try scene.hash() == before)
    }
  }

  @Test(arguments: Stranger.allCases, [".agents/skills/probe", ".claude/skills/probe"])
  func `force moves it to a backup, as it was`(stranger: Stranger, place: String) async throws {
    let scene = try scene()
    try stranger.make(at: place, in: scene)
    let (folder, name) = (scene[place].removingLastComponent(), "probe")
    let before = try treeHash(of: folder, only: name)
    let items = try await scene.install("acme/probe", force: true)
    #expect(scene.text(".agents/skills/probe/a.md") == "a")
    #expect(scene.text(".claude/skills/probe/a.md") == "a")
    #expect(scene.names(".agents/skills-backup") == ["probe-1"])
    #expect(items.flatMap(\.backups) == [scene[".agents/skills-backup/probe-1"].string])
    #expect(try treeHash(of: scene[".agents/skills-backup"], only: "probe-1") == before)
    #expect(scene.names(".agents/skills") == ["probe"])
    #expect(try scene.isOutsideUntouched())
  }

  @Test func `removing by force keeps a backup and takes no link that is not ours`() async throws {
    let scene = try scene()
    try scene.write(".agents/skills/probe/SKILL.md", "mine")
    try scene.makeLink(".claude/skills/probe", to: scene.outside.string)
    let backup = try await scene.remove("probe", force: true)
    #expect(backup == scene[".agents/skills-backup/probe-1"])
    #expect(scene.text(".agents/skills-backup/probe-1/SKILL.md") == "mine")
    #expect(scene.link(".claude/skills/probe") == scene.outside.string)
    #expect(!scene.exists(".agents/skills/probe"))
  }

  @Test func `backups are numbered, and none replaces another`() async throws {
    let scene = try scene()
    for number in 1...3 {
      try scene.write(".agents/skills/probe/mine.md", "mine \(number)")
      try await scene.install("acme/probe", force: true)
    }
    #expect(scene.names(".agents/skills-backup") == ["probe-1", "probe-2", "probe-3"])
    for number in 1...3 {
      #expect(scene.text(".agents/skills-backup/probe-\(number)/mine.md") == "mine \(number)")
    }
  }

  @Test func `another author's skill of the same name stays`() async throws {
    let scene = try scene()
    try scene.registry.publish("other/probe", "1.0.0", files: ["theirs.md": "theirs"])
    try await scene.install("acme/probe")
    let before = try scene.hash()
    #expect(await code { try await scene.install("other/probe") } == .conflict)
    #expect(try scene.hash() == before)
    try await scene.install("other/probe", force: true)
    #expect(scene.text(".agents/skills/probe/theirs.md") == "theirs")
    #expect(!scene.exists(".agents/skills/probe/a.md"))
    #expect(scene.text(".agents/skills-backup/probe-1/a.md") == "a")
  }

  @Test func `the same skill of another registry stays`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    let other = FakeRegistry()
    try other.publish("acme/probe", "2.0.0")
    let installer = SkillInstaller(client: try other.client(), targets: try scene.targets())
    let before = try scene.hash()
    let references = [try SkillReference(parsing: "acme/probe")]
    #expect(await code { try await installer.install(references, InstallOptions()) } == .conflict)
    #expect(try await installer.update(UpdateRequest(), InstallOptions()).failures == ["probe conflict"])
    #expect(try scene.hash() == before)
  }

  @Test(arguments: [".agents", ".agents/skills", ".claude", ".claude/skills"])
  func `a file where a folder belongs is named and left alone`(place: String) async throws {
    let scene = try scene()
    try scene.write(place, "mine")
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe") } == .fileError)
    #expect(try scene.hash() == before)
  }

  @Test(arguments: [".agents/skills", ".agents", ".claude/skills", ".claude", "."], [0o777, 0o757])
  func `a folder that everybody may write to is refused`(place: String, mode: Int) async throws {
    let scene = try scene()
    try scene.makeFolder(".agents/skills")
    try scene.makeFolder(".claude/skills")
    try scene.setMode(place, mode)
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe") } == .fileError)
    #expect(try scene.hash() == before)
    try scene.setMode(place, 0o1777)
    try await scene.install("acme/probe")
  }

  @Test(arguments: [".agents/skills/.agent-mesh", ".agents/skills-backup"])
  func `a link in the place of a folder of ours is named with what to do`(place: String) async throws {
    let scene = try scene()
    try scene.write(".agents/skills/probe/SKILL.md", "mine")
    try scene.makeLink(place, to: scene.outside.string)
    let before = try scene.hash()
    let error = await #expect(throws: MeshError.self) { try await scene.install("acme/probe", force: true) }
    #expect(error?.code == .fileError)
    #expect(error?.hint?.hasPrefix("Move it away") == true)
    #expect(try scene.hash() == before)
  }

  @Test(.enabled(if: getuid() != 0), arguments: [".", ".agents", ".agents/skills", ".claude/skills"])
  func `a folder that cannot be written to stays as it is`(place: String) async throws {
    let scene = try scene()
    try scene.makeFolder(place)
    try scene.setMode(place, 0o555)
    defer { try? scene.setMode(place, 0o755) }
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe") } == .fileError)
    #expect(try scene.hash() == before)
  }
}
