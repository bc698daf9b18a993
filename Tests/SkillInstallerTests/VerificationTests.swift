import Foundation
import SkillArchive
import SkillInstaller
import Skills
import Testing

@Suite struct VerificationTests {
  /// One way in which a folder can drift from the lock, and what is said of it.
  struct Drift: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let faults: [String]
    let spoil: @Sendable (Scene) async throws -> Void

    init(_ name: String, _ faults: String..., spoil: @escaping @Sendable (Scene) async throws -> Void) {
      testDescription = name
      self.faults = faults
      self.spoil = spoil
    }
  }

  private static let skill = ".agents/skills/probe"
  private static let link = ".claude/skills/probe"

  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "a", "b/c.md": "c"])
    try scene.registry.publish("acme/probe", "1.1.0", files: ["a.md": "a", "b/c.md": "C"])
    try scene.registry.publish("acme/other", "1.0.0")
    try await save("acme/probe@1.0.0", "acme/other@1.0.0", in: scene)
    return scene
  }

  private func save(_ references: String..., in scene: Scene) async throws {
    let change = ProjectChange.add(try references.map { try SkillReference(parsing: $0) })
    _ = try await scene.installer().perform(change, InstallOptions(saves: true))
  }

  private func verify(_ scene: Scene) throws -> Verification { try Verification(of: scene.targets()) }

  @Test func `finds nothing where all is as it was locked, and changes nothing`() async throws {
    let scene = try await scene()
    let before = try scene.hash()
    let found = try verify(scene)
    #expect(found.isGood)
    #expect(found.basis == .lock)
    #expect(found.skills.map(\.folder) == ["other", "probe"])
    #expect(found.skills.map(\.version) == ["1.0.0", "1.0.0"])
    #expect(found.strangers.isEmpty)
    #expect(try scene.hash() == before)
  }

  private static let drifts: [Drift] = [
    Drift("missing", "missing \(skill)") { try $0.delete(skill) },
    Drift("all missing", "missing \(skill)", "missing .agents/skills/other") { try $0.delete(".agents") },
    Drift("edited", "edited \(skill) [a.md]") { try $0.write(skill + "/a.md", "A") },
    Drift("added", "edited \(skill) [new/x]") { try $0.write(skill + "/new/x", "") },
    Drift("removed", "edited \(skill) [b/c.md]") { try $0.delete(skill + "/b/c.md") },
    Drift("made executable", "edited \(skill) [a.md]") { try $0.setMode(skill + "/a.md", 0o755) },
    Drift("a link inside", "edited \(skill) [b/l]") { try $0.makeLink(skill + "/b/l", to: "/etc/passwd") },
    Drift("a file that became a link", "edited \(skill) [a.md]") {
      try $0.move(skill + "/a.md", to: "a.md")
      try $0.makeLink(skill + "/a.md", to: "../../../a.md")
    },
    Drift("no record", "not_ours \(skill)") { try $0.delete(skill + "/.agent-mesh.json") },
    Drift("a link in its place", "not_ours \(skill) a link to '../../mine'") {
      try $0.move(skill, to: "mine")
      try $0.makeLink(skill, to: "../../mine")
    },
    Drift("a file in its place", "not_ours \(skill) a file") {
      try $0.delete(skill)
      try $0.write(skill, "")
    },
    Drift("another version", "other_version \(skill) 1.1.0") { try await $0.install("acme/probe@1.1.0") },
    Drift("another version, edited", "other_version \(skill) 1.1.0", "edited \(skill) [a.md]") {
      try await $0.install("acme/probe@1.1.0")
      try $0.write(skill + "/a.md", "A")
    },
    Drift("edited with its record", "other_content \(skill)") { scene in
      try scene.write(skill + "/a.md", "A")
      try rewrite(scene, "\(Digest(of: Array("a".utf8)))", "\(Digest(of: Array("A".utf8)))")
    },
    Drift("the record of another skill", "other_skill \(skill) evil/probe of REGISTRY") { scene in
      try rewrite(scene, "\"acme/probe\"", "\"evil/probe\"")
    },
    Drift("the record of another registry", "other_skill \(skill) acme/probe of https://evil.example") { scene in
      try rewrite(scene, "\"\(scene.registry.address)\"", "\"https://evil.example\"")
    },
    Drift("no link", "link_missing \(link)") { try $0.delete(link) },
    Drift("no folder of links", "link_missing \(link)", "link_missing .claude/skills/other") {
      try $0.delete(".claude")
    },
    Drift("a broken link", "link_broken \(link) ../../nowhere") {
      try $0.delete(link)
      try $0.makeLink(link, to: "../../nowhere")
    },
    Drift("a link elsewhere", "link_elsewhere \(link) ../../../outside/probe") {
      try $0.delete(link)
      try $0.makeLink(link, to: "../../../outside/probe")
    },
    Drift("a link to another skill", "link_elsewhere \(link) ../../.agents/skills/other") {
      try $0.delete(link)
      try $0.makeLink(link, to: "../../.agents/skills/other")
    },
    Drift("a file for a link", "link_blocked \(link) a file") {
      try $0.delete(link)
      try $0.write(link, "")
    },
    Drift("a folder for a link", "link_blocked \(link) a folder that agent-mesh did not create") {
      try $0.delete(link)
      try $0.write(link + "/SKILL.md", "mine")
    },
    Drift("an edited copy for a link", "copy_differs \(link) [a.md]") { scene in
      try copy(scene)
      try scene.write(link + "/a.md", "A")
    },
  ]

  private static func rewrite(_ scene: Scene, _ old: String, _ new: String) throws {
    let record = skill + "/.agent-mesh.json"
    let text = try #require(scene.text(record))
    try #require(text.contains(old))
    try scene.write(record, text.replacingOccurrences(of: old, with: new))
  }

  private static func copy(_ scene: Scene) throws {
    try scene.delete(link)
    try FileManager.default.copyItem(atPath: scene[skill].string, toPath: scene[link].string)
  }

  @Test(arguments: drifts)
  func `finds what is not as it was locked`(drift: Drift) async throws {
    let scene = try await scene()
    try await drift.spoil(scene)
    let found = try verify(scene)
    let expected = drift.faults.map { $0.replacingOccurrences(of: "REGISTRY", with: scene.registry.address) }
    #expect(found.faults.sorted() == expected.sorted())
    #expect(!found.isGood)
    #expect(found.disagreements.isEmpty)
    #expect(try scene.isOutsideUntouched())
  }

  @Test func `a true copy in the place of a link, and an absolute link, are as good as ours`() async throws {
    let scene = try await scene()
    try Self.copy(scene)
    #expect(try verify(scene).isGood)
    try scene.delete(Self.link)
    try scene.makeLink(Self.link, to: scene[Self.skill].string)
    #expect(try verify(scene).isGood)
  }

  @Test func `without a lock the records are the measure`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "a"])
    try await scene.install("acme/probe")
    let found = try verify(scene)
    #expect(found.isGood)
    #expect(found.basis == .records)
    try scene.write(Self.skill + "/a.md", "A")
    #expect(try verify(scene).faults == ["edited \(Self.skill) [a.md]"])
  }

  @Test func `an empty project is in order`() throws {
    let found = try verify(try Scene())
    #expect(found.isGood)
    #expect(found.skills.isEmpty)
  }

  @Test func `what is in no lock is reported, and no failure`() async throws {
    let scene = try await scene()
    try scene.write(".agents/skills/mine/SKILL.md", "---\nname: mine\ndescription: Mine.\n---\n")
    try scene.registry.publish("acme/unsaved", "1.0.0")
    try await scene.install("acme/unsaved")
    let found = try verify(scene)
    #expect(found.isGood)
    #expect(found.strangers.map(\.folder) == ["mine", "unsaved"])
    #expect(found.strangers.map(\.reference) == [nil, "acme/unsaved"])
  }

  @Test(arguments: [
    ("skills.json", "^1.0.0", "^2.0.0", "wanted as ^2.0.0, and locked at 1.0.0"),
    ("skills.json", nil, nil, "skills.lock is there, and skills.json is not"),
    ("skills.lock", nil, nil, "skills.json is there, and skills.lock is not"),
  ])
  func `skills_json and skills_lock have to agree`(
    file: String, old: String?, new: String?, reason: String
  ) async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try await save("acme/probe@^1.0.0", in: scene)
    if let old, let new {
      try scene.write(file, #require(scene.text(file)).replacingOccurrences(of: old, with: new))
    } else {
      try scene.delete(file)
    }
    let found = try verify(scene)
    #expect(!found.isGood)
    #expect(found.faults == [])
    #expect(found.disagreements.count == 1)
    #expect(found.disagreements.first?.contains(reason) == true, "\(found.disagreements)")
  }

  @Test(arguments: [".agents/skills/mine", ".claude/skills/mine"])
  func `a skill that is used where it is made is compared there`(place: String) async throws {
    let scene = try Scene()
    try scene.write(place + "/SKILL.md", "---\nname: mine\ndescription: Mine.\n---\n")
    try scene.write(place + "/a.md", "a")
    try scene.write(place + "/.DS_Store", "never packed")
    let packed = try SkillPacker.pack(PackPlan(folder: scene[place]))
    let skill = LockedSkill(
      folder: try SkillSlug(parsing: "mine"),
      origin: .source(try SkillSource(parsing: "path:" + place), commit: nil, version: nil), digest: packed.digest,
      size: packed.bytes.count, treeDigest: packed.treeDigest)
    _ = try await scene.installer().perform(.addSources([skill]), InstallOptions(saves: true))
    #expect(try verify(scene).isGood)
    try scene.write(place + "/.DS_Store", "changed")
    #expect(try verify(scene).isGood)
    try scene.write(place + "/a.md", "A")
    #expect(try verify(scene).faults == ["other_content \(place)"])
    try scene.delete(place)
    #expect(try verify(scene).faults == ["missing \(place)"])
  }

  @Test func `a lock that cannot be read is an error and no verdict`() async throws {
    let scene = try await scene()
    try scene.write("skills.lock", "<<<<<<< mine\n")
    #expect(await code { try verify(scene) } == .validationError)
  }
}

extension Verification {
  /// `kind place [paths] found`, of all skills.
  fileprivate var faults: [String] {
    skills.flatMap(\.faults).map { fault in
      var words = [fault.rule.rawValue.replacing("-", with: "_"), fault.path ?? ""]
      if let paths = fault.changes, !paths.isEmpty { words.append("[\(paths.joined(separator: " "))]") }
      return (words + [fault.found].compactMap(\.self)).joined(separator: " ")
    }
  }
}
