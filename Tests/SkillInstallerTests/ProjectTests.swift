import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// `skills.json` and `skills.lock` through the life of a project.
@Suite struct ProjectTests {
  private func scene() throws -> Scene {
    let scene = try Scene()
    for number in ["1.0.0", "1.1.0", "2.0.0"] { try scene.registry.publish("acme/base", number, files: ["v": number]) }
    try scene.registry.publish("acme/app", "1.0.0", needs: ["acme/base@^1"])
    try scene.registry.publish("acme/tool", "1.0.0", needs: ["acme/base@~1.0"])
    return scene
  }

  @Test func `installing by name writes down what is wanted and what was resolved, with what it needs`() async throws {
    let scene = try scene()
    let outcome = try await scene.add("acme/app")
    #expect(outcome.items.map(\.slug.rawValue) == ["app", "base"])
    #expect(try scene.wanted == ["acme/app ^1.0.0"])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/base 1.1.0"])
    #expect(try scene.manifest?.registry == scene.registry.address)
    #expect(scene.link(".claude/skills/base") == "../../.agents/skills/base")
    #expect(scene.names(".") == [".agents", ".claude", "skills.json", "skills.lock"])
  }

  @Test func `a further skill moves what is locked only as far as it must`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    let outcome = try await scene.add("acme/tool")
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/base 1.0.0", "acme/tool 1.0.0"])
    #expect(outcome.items.map { "\($0.slug) \($0.action)" } == ["tool install", "base update"])
    #expect(scene.text(".agents/skills/base/v") == "1.0.0")
  }

  @Test func `a conflict is told with its chain, and changes nothing`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    let before = try scene.hash()
    do {
      try await scene.add("acme/base@^2")
      Issue.record("nothing failed")
    } catch let error as MeshError {
      #expect(error.code == .unresolvable)
      #expect(error.message.contains("acme/app@1.0.0"))
      #expect(error.message.contains("acme/base ^2"))
      #expect(error.hint != nil)
    }
    #expect(try scene.hash() == before)
  }

  @Test func `both files and the folders are the same bytes on every machine`() async throws {
    let first = try scene()
    try await first.add("acme/app", "acme/tool")
    let second = try Scene(first.registry)
    try await second.add("acme/tool")
    try await second.add("acme/app")
    #expect(first.text("skills.lock") == second.text("skills.lock"))
    #expect(first.text("skills.json") == second.text("skills.json"))
    let third = try Scene(first.registry)
    for file in ["skills.json", "skills.lock"] { try third.write(file, first.text(file) ?? "") }
    try await third.sync(frozen: true)
    #expect(try treeHash(of: third.project) == treeHash(of: first.project))
  }

  @Test func `installing what is written again asks once, changes nothing and leaves the files alone`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    let before = try scene.hash()
    let asked = scene.registry.server.requests.count
    let outcome = try await scene.sync()
    #expect(outcome.items.isEmpty)
    #expect(outcome.plan.steps.map(\.action) == [.keep, .keep])
    #expect(try scene.hash() == before)
    #expect(scene.registry.server.requests.dropFirst(asked).allSatisfy { !$0.target.contains("download") })
  }

  @Test func `frozen asks no index at all`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    try scene.delete(".agents")
    let asked = scene.registry.server.requests.count
    try await scene.sync(frozen: true)
    #expect(scene.registry.server.requests.dropFirst(asked).allSatisfy { $0.target.hasSuffix("/download") })
    #expect(scene.text(".agents/skills/base/v") == "1.1.0")
  }

  @Test(arguments: [
    (#""acme/app": "^1.0.0""#, #""acme/app": "^2""#), (#""acme/app": "^1.0.0""#, #""acme/new": "^1""#),
  ])
  func `frozen fails when the files do not agree, and writes nothing`(old: String, new: String) async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    let text = try #require(scene.text("skills.json"))
    try scene.write("skills.json", text.replacing(old, with: new))
    let before = try scene.hash()
    #expect(await code { try await scene.sync(frozen: true) } == .lockMismatch)
    #expect(try scene.hash() == before)
  }

  @Test func `frozen without a lock, and installing without a manifest, say what is missing`() async throws {
    let scene = try scene()
    #expect(await code { try await scene.sync() } == .notFound)
    try scene.write("skills.json", #"{"format": 1, "skills": {"acme/app": "^1"}}"#)
    #expect(await code { try await scene.sync(frozen: true) } == .lockMismatch)
    #expect(scene.names(".") == ["skills.json"])
    try await scene.sync()
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/base 1.1.0"])
  }

  @Test func `a locked version keeps its bytes although the registry lies about them later`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    try scene.delete(".agents")
    let evil = try FakeVersion(of: "app", "1.0.0", files: ["evil": "yes"])
    scene.registry.amend("acme/app", "1.0.0") { $0 = evil }
    let before = try scene.hash()
    #expect(await code { try await scene.sync(frozen: true) } == .integrityError)
    #expect(await code { try await scene.sync() } == .integrityError)
    #expect(try scene.hash() == before)
  }

  @Test func `removing takes along what only the removed skill needed`() async throws {
    let scene = try scene()
    try await scene.add("acme/app", "acme/tool")
    #expect(try await scene.drop("app").removed.map(\.rawValue) == ["app"])
    #expect(try scene.locked == ["acme/base 1.0.0", "acme/tool 1.0.0"])
    #expect(try await scene.drop("tool").removed.map(\.rawValue) == ["tool", "base"])
    #expect(scene.names(".agents/skills") == [])
    #expect(try scene.locked == [])
  }

  @Test func `a skill that others need stays, and that is said`() async throws {
    let scene = try scene()
    try await scene.add("acme/app", "acme/base")
    let outcome = try await scene.drop("base")
    #expect(outcome.removed.isEmpty)
    #expect(outcome.plan.needed.map(\.by) == [["acme/app"]])
    #expect(try scene.wanted == ["acme/app ^1.0.0"])
    #expect(scene.exists(".agents/skills/base"))
  }

  @Test func `two authors with one name live side by side when one is given another`() async throws {
    let scene = try scene()
    try scene.registry.publish("rival/app", "3.0.0", files: ["r": "r"])
    try await scene.add("acme/app")
    #expect(await code { try await scene.add("rival/app") } == .conflict)
    try await scene.add("rival/app", as: "app-two")
    #expect(scene.text(".agents/skills/app-two/r") == "r")
    #expect(scene.link(".claude/skills/app-two") == "../../.agents/skills/app-two")
    #expect(try scene.locked == ["acme/app 1.0.0", "rival/app 3.0.0", "acme/base 1.1.0"])
    try scene.delete(".agents")
    try await scene.sync(frozen: true)
    #expect(scene.text(".agents/skills/app-two/r") == "r")
    #expect(try await scene.drop("app-two").removed.map(\.rawValue) == ["app-two"])
    #expect(try scene.wanted == ["acme/app ^1.0.0"])
  }

  @Test func `a skill that was edited is no frozen install, unless its edits may go to a backup`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    try scene.write(".agents/skills/base/v", "mine")
    let before = try scene.hash()
    #expect(await code { try await scene.sync(frozen: true) } == .localEdits)
    #expect(try scene.hash() == before)
    try await scene.sync(frozen: true, force: true)
    #expect(scene.text(".agents/skills/base/v") == "1.1.0")
    #expect(scene.text(".agents/skills-backup/base-1/v") == "mine")
  }

  @Test func `a lock whose version was changed by hand is seen through`() async throws {
    let scene = try scene()
    try await scene.add("acme/app", "acme/base@1.1.0")
    let text = try #require(scene.text("skills.lock"))
    try scene.write("skills.lock", text.replacing(#""version": "1.1.0""#, with: #""version": "1.0.0""#))
    try scene.write("skills.json", try #require(scene.text("skills.json")).replacing(#""1.1.0""#, with: #""*""#))
    try scene.delete(".agents")
    let before = try scene.hash()
    #expect(await code { try await scene.sync(frozen: true) } == .integrityError)
    #expect(try scene.hash() == before)
  }

  @Test func `a file keeps its mode, and one that is read-only is not replaced`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    try scene.setMode("skills.lock", 0o640)
    try await scene.add("acme/tool")
    #expect(try scene.mode("skills.lock") == 0o640)
    try scene.setMode("skills.json", 0o444)
    let before = try scene.hash()
    #expect(await code { try await scene.drop("tool") } == .fileError)
    #expect(try scene.hash() == before)
  }

  @Test func `a file of a newer program is left alone`() async throws {
    let scene = try scene()
    try await scene.add("acme/app")
    let text = try #require(scene.text("skills.lock"))
    try scene.write("skills.lock", text.replacing(#""format": 1"#, with: #""format": 2"#))
    let before = try scene.hash()
    #expect(await code { try await scene.sync() } == .newerFormat)
    #expect(await code { try await scene.add("acme/tool") } == .newerFormat)
    #expect(await code { try await scene.drop("app") } == .newerFormat)
    #expect(await code { try await scene.move() } == .newerFormat)
    #expect(try scene.hash() == before)
  }

  @Test(arguments: ["skills.json", "skills.lock"])
  func `a file that is a link out of the project is neither followed nor replaced`(name: String) async throws {
    let scene = try scene()
    try scene.makeLink(name, to: scene.outside.appending("canary").string)
    let before = try scene.hash()
    #expect(await code { try await scene.add("acme/app") } == .fileError)
    #expect(try scene.hash() == before)
    #expect(try scene.isOutsideUntouched())
  }
}
