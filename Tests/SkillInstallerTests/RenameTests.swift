import Foundation
import SkillInstaller
import Skills
import Testing

/// Skills that their registry knows under another author's name now.
@Suite struct RenameTests {
  /// `acme/app`, which needs `acme/tool`, and that one, both wanted; `acme/tool` is `beta/tool` now.
  private func renamed(wanting names: [String] = ["acme/app", "acme/tool"]) async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/tool", "1.0.0", files: ["a.md": "a"])
    try scene.registry.publish("acme/app", "1.0.0", needs: ["acme/tool@^1"])
    for name in names { try await scene.add(name) }
    scene.registry.rename("acme/tool", to: "beta/tool")
    return scene
  }

  private func mark(of slug: String, in scene: Scene) throws -> OwnershipMark {
    let text = try #require(scene.text(".agents/skills/\(slug)/\(OwnershipMark.fileName)"))
    return try #require(OwnershipMark(reading: Array(text.utf8)))
  }

  private func needs(of name: String, in scene: Scene) throws -> [String] {
    try scene.lock?[SkillName(parsing: name)]?.dependencies.map(\.description) ?? []
  }

  @Test func `an update takes the new name over, also where others need it, and changes nothing else`() async throws {
    let scene = try await renamed()
    let old = try mark(of: "tool", in: scene)
    let outcome = try await scene.move()
    #expect(outcome.renamed == ["acme/tool beta/tool"])
    #expect(outcome.moved == [] && outcome.removed == [] && outcome.backups == [])
    #expect(try scene.wanted == ["acme/app ^1.0.0", "beta/tool ^1.0.0"])
    #expect(try scene.locked == ["acme/app 1.0.0", "beta/tool 1.0.0"])
    #expect(try needs(of: "acme/app", in: scene) == ["beta/tool@^1"])
    let new = try mark(of: "tool", in: scene)
    #expect(new.reference == "beta/tool")
    #expect(new.links == old.links && new.files == old.files)
    #expect(scene.names(".claude/skills") == ["app", "tool"])
  }

  @Test(arguments: [["acme/app"], ["acme/app", "acme/tool"]])
  func `what has taken the new name over keeps it, although others go on naming the old one`(
    names: [String]
  ) async throws {
    let scene = try await renamed(wanting: names)
    #expect(try await scene.move().renamed == ["acme/tool beta/tool"])
    for _ in 0..<2 {
      let again = try await scene.move()
      #expect(again.renamed == [] && !again.plan.writesFiles)
      #expect(try await !scene.sync().plan.writesFiles)
      _ = try await scene.sync(frozen: true)
    }
    #expect(try scene.locked == ["acme/app 1.0.0", "beta/tool 1.0.0"])
    #expect(try needs(of: "acme/app", in: scene) == ["beta/tool@^1"])
    #expect(try scene.wanted == ["acme/app ^1.0.0"] + (names.count > 1 ? ["beta/tool ^1.0.0"] : []))
  }

  @Test(arguments: [false, true])
  func `until an update everything goes on under the name that is locked`(isFrozen: Bool) async throws {
    let scene = try await renamed()
    try scene.delete(".agents/skills/tool")
    let outcome = try await scene.sync(frozen: isFrozen)
    #expect(outcome.renamed == [])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/tool 1.0.0"])
    #expect(try mark(of: "tool", in: scene).reference == "acme/tool")
  }

  @Test func `a new version comes with the new name, and the one before it can come back`() async throws {
    let scene = try await renamed()
    try scene.registry.publish("beta/tool", "1.1.0")
    let outcome = try await scene.move()
    #expect(outcome.moved == ["tool 1.0.0 1.1.0"])
    #expect(try scene.locked == ["acme/app 1.0.0", "beta/tool 1.1.0"])
    let back = ProjectChange.rollBack(try SkillSlug(parsing: "tool"))
    _ = try await scene.installer().perform(back, InstallOptions(saves: true))
    #expect(try scene.locked == ["acme/app 1.0.0", "beta/tool 1.0.0"])
  }

  @Test func `a skill that needs the new name gets the one that is there under the old one`() async throws {
    let scene = try await renamed()
    try scene.registry.publish("acme/other", "1.0.0", needs: ["beta/tool@^1"])
    try await scene.add("acme/other")
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/other 1.0.0", "acme/tool 1.0.0"])
    #expect(try needs(of: "acme/other", in: scene) == ["acme/tool@^1"])
    #expect(scene.names(".agents/skills") == ["app", "other", "tool"])
  }

  @Test func `both ranges hold for a skill that is needed under both names`() async throws {
    let scene = try await renamed()
    for version in ["1.1.0", "1.2.0"] { try scene.registry.publish("beta/tool", version) }
    try scene.registry.publish("acme/other", "1.0.0", needs: ["beta/tool@<1.2.0"])
    try await scene.add("acme/other")
    #expect(try await scene.move().moved == ["tool 1.0.0 1.1.0"])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/other 1.0.0", "beta/tool 1.1.0"])
  }

  @Test(arguments: [nil, "other"] as [String?])
  func `a project that wants both names has one skill, under the new one`(folder: String?) async throws {
    let scene = try await renamed()
    let outcome = try await scene.add("beta/tool", as: folder)
    #expect(outcome.renamed == ["acme/tool beta/tool"])
    #expect(try scene.wanted == ["acme/app ^1.0.0", "beta/tool ^1.0.0"])
    #expect(try scene.locked == ["acme/app 1.0.0", "beta/tool 1.0.0"])
    #expect(scene.names(".agents/skills") == ["app", folder ?? "tool"])
    #expect(try needs(of: "acme/app", in: scene) == ["beta/tool@^1"])
  }

  @Test func `a skill of the same slug that nothing leads to is another one`() async throws {
    let scene = try Scene()
    for name in ["acme/tool", "beta/tool"] { try scene.registry.publish(name, "1.0.0") }
    try await scene.add("acme/tool")
    #expect(await code { try await scene.add("beta/tool") } == .conflict)
    try await scene.add("beta/tool", as: "other")
    #expect(try await scene.move().renamed == [])
    #expect(try scene.locked == ["beta/tool 1.0.0", "acme/tool 1.0.0"])
  }

  @Test func `a new name that the project looks for in another registry is not taken`() async throws {
    let scene = try await renamed()
    var manifest = try #require(try scene.manifest)
    manifest.registries[try AuthorName(parsing: "beta")] = "https://other.example"
    manifest.skills[try SkillName(parsing: "acme/tool")] = nil
    try scene.write("skills.json", String(decoding: manifest.encoded, as: UTF8.self))
    #expect(try await scene.move().renamed == [])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/tool 1.0.0"])
  }

  @Test func `what was edited keeps its edits under the new name`() async throws {
    let scene = try await renamed()
    try scene.write(".agents/skills/tool/a.md", "mine")
    #expect(try await scene.move().renamed == ["acme/tool beta/tool"])
    #expect(try mark(of: "tool", in: scene).reference == "beta/tool")
    try scene.registry.publish("beta/tool", "1.1.0")
    #expect(try await scene.move().reasons == ["app up_to_date", "tool local_edits"])
    #expect(scene.text(".agents/skills/tool/a.md") == "mine")
  }

  @Test func `what is pinned keeps its name, and others that need the new one get it`() async throws {
    let scene = try await renamed()
    _ = try await scene.installer().perform(.pin(SkillSlug(parsing: "tool")), InstallOptions(saves: true))
    try scene.registry.publish("acme/app", "1.1.0", needs: ["beta/tool@^1"])
    try scene.registry.publish("beta/tool", "1.1.0")
    #expect(try await scene.move().moved == ["app 1.0.0 1.1.0"])
    #expect(try scene.locked == ["acme/app 1.1.0", "acme/tool 1.0.0"])
    #expect(try needs(of: "acme/app", in: scene) == ["acme/tool@^1"])
  }

  /// The two files come from somebody who has updated, and the folders are those of before.
  @Test(arguments: ["1.0.0", "1.1.0"], [false, true])
  func `whoever gets the files of an update gets the new name`(version: String, isFrozen: Bool) async throws {
    let scene = try await renamed()
    let other = try Scene(scene.registry)
    for name in ["skills.json", "skills.lock"] { try other.write(name, try #require(scene.text(name))) }
    try await other.sync(frozen: true)
    let links = try mark(of: "tool", in: other).links
    if version != "1.0.0" { try scene.registry.publish("beta/tool", version) }
    try await scene.move()
    for name in ["skills.json", "skills.lock"] { try other.write(name, try #require(scene.text(name))) }
    try await other.sync(frozen: isFrozen)
    let new = try mark(of: "tool", in: other)
    #expect(new.reference == "beta/tool" && new.version == version)
    #expect(new.links == links)
    #expect(try await other.move().reasons == ["app up_to_date", "tool up_to_date"])
  }

  @Test func `without skills.json the records take the new name over`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/tool", "1.0.0")
    try await scene.install("acme/tool")
    scene.registry.rename("acme/tool", to: "beta/tool")
    #expect(try await scene.update().renamed == ["acme/tool beta/tool"])
    #expect(try mark(of: "tool", in: scene).reference == "beta/tool")
    #expect(try await scene.update().renamed == [])
  }

  @Test func `a name that its author has taken back comes back`() async throws {
    let scene = try await renamed()
    try await scene.move()
    scene.registry.rename("beta/tool", to: "acme/tool")
    #expect(try await scene.move().renamed == ["beta/tool acme/tool"])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/tool 1.0.0"])
  }

  @Test func `the list of what is outdated says the new name`() async throws {
    let scene = try await renamed()
    let rows = try await scene.installer().outlook(InstallOptions())
    #expect(rows.map(\.reference) == ["acme/app", "acme/tool"])
    #expect(rows.map(\.renamedTo) == [nil, "beta/tool"])
    #expect(rows.map(\.isOutdated) == [false, false])
  }
}

extension ChangeOutcome {
  fileprivate var renamed: [String] { notices.renames.pairs.map { "\($0.old) \($0.new)" } }
}
