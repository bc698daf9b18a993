import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// Updating, pinning and rolling back in a project with `skills.json` and `skills.lock`.
@Suite struct MovingTests {
  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/base", "1.0.0", files: ["v": "1.0.0"])
    try scene.registry.publish("acme/app", "1.0.0", needs: ["acme/base@^1"], files: ["v": "1.0.0"])
    try await scene.add("acme/app")
    return scene
  }

  @Test func `updating stays within the ranges, and goes beyond them when told to`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/app", "1.2.0", needs: ["acme/base@^1"])
    try scene.registry.publish("acme/app", "2.0.0", needs: ["acme/base@^1"])
    try scene.registry.publish("acme/base", "1.5.0")
    #expect(try await scene.move().moved == ["app 1.0.0 1.2.0", "base 1.0.0 1.5.0"])
    #expect(try scene.wanted == ["acme/app ^1.0.0"])
    #expect(try await scene.move(beyond: true).moved == ["app 1.2.0 2.0.0"])
    #expect(try scene.wanted == ["acme/app ^2.0.0"])
    #expect(try scene.locked == ["acme/app 2.0.0", "acme/base 1.5.0"])
  }

  @Test func `a skill that is updated brings what it newly needs and leaves what it no longer needs`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/fresh", "1.0.0")
    try scene.registry.publish("acme/app", "1.1.0", needs: ["acme/fresh"])
    let outcome = try await scene.move()
    #expect(outcome.updated.map(\.slug.rawValue) == ["app", "fresh"])
    #expect(outcome.removed.map(\.rawValue) == ["base"])
    #expect(scene.names(".agents/skills") == ["app", "fresh"])
    #expect(scene.names(".claude/skills") == ["app", "fresh"])
  }

  @Test func `what is too young waits, unless its name or no age is given`() async throws {
    let scene = try await scene()
    let now = Date()
    try scene.registry.publish("acme/app", "1.1.0", needs: ["acme/base@^1"])
    scene.registry.amend("acme/app", "1.1.0") { $0.publishedAt = now.addingTimeInterval(-3_600).ISO8601Format() }
    let outcome = try await scene.move(age: .standard)
    #expect(outcome.reasons == ["app too_new", "base up_to_date"])
    #expect(outcome.notices.passedOver.map(\.number.description) == ["1.1.0"])
    #expect(try await scene.move(age: MinimumAge(parsing: "30m")).moved == ["app 1.0.0 1.1.0"])
  }

  @Test func `a clash of two skills names who needs them, and a command that works`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/base", "1.0.0")
    try scene.registry.publish("beta/base", "1.0.0")
    try scene.registry.publish("acme/mid", "1.0.0", needs: ["acme/base@^1"])
    try await scene.add("beta/base")
    let error = await #expect(throws: MeshError.self) { try await scene.add("acme/mid") }
    #expect(error?.message.contains("acme/base (needed by acme/mid@1.0.0) and beta/base") == true)
    #expect(error?.hint?.contains("agent-mesh skills install 'acme/base@^1' --as acme-base") == true)
  }

  @Test func `a version that another skill does not allow is reported`() async throws {
    let scene = try await scene()
    try await scene.add("acme/base@^1")
    try scene.registry.publish("acme/base", "2.0.0")
    let outcome = try await scene.move("base", beyond: true)
    #expect(outcome.reasons == ["base held_back"])
    #expect(outcome.notices.passedOver.map(\.reason) == [.notAllowed(by: ["acme/app@1.0.0"])])
    #expect(try await scene.move("base").reasons == ["base up_to_date"])
  }

  @Test func `what is too young comes in through no exact need of another skill either`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/base", "1.1.0")
    try scene.registry.publish("acme/app", "1.1.0", needs: ["acme/base@1.1.0"])
    scene.registry.amend("acme/base", "1.1.0") { $0.publishedAt = Date().ISO8601Format() }
    #expect(try await scene.move(age: .standard).moved == [])
    scene.registry.amend("acme/base", "1.1.0") { $0.status = "yanked" }
    #expect(try await scene.move().moved == [])
    scene.registry.amend("acme/base", "1.1.0") { $0.status = "published" }
    #expect(try await scene.move().moved == ["app 1.0.0 1.1.0", "base 1.0.0 1.1.0"])
  }

  @Test func `what is installed may stay however young it is`() async throws {
    let scene = try await scene()
    scene.registry.amend("acme/app", "1.0.0") { $0.publishedAt = Date().ISO8601Format() }
    #expect(try await scene.move(age: .standard).reasons == ["app up_to_date", "base up_to_date"])
  }

  @Test func `a yanked version is not chosen, and stays where it is locked`() async throws {
    let scene = try await scene()
    scene.registry.amend("acme/app", "1.0.0") { $0.status = "yanked" }
    #expect(try await scene.move().reasons == ["app up_to_date", "base up_to_date"])
    try scene.delete(".agents")
    try await scene.sync()
    #expect(scene.text(".agents/skills/app/v") == "1.0.0")
    let other = try Scene(scene.registry)
    #expect(await code { try await other.add("acme/app") } == .unresolvable)
    try await other.add("acme/app@1.0.0")
    #expect(try other.locked.contains("acme/app 1.0.0"))
  }

  @Test func `a quarantined version gives way to a newer one, and is an error while there is none`() async throws {
    let scene = try await scene()
    scene.registry.amend("acme/app", "1.0.0") { $0.status = "quarantined" }
    #expect(try await scene.move().failures == ["app quarantined"])
    try scene.registry.publish("acme/app", "1.1.0", needs: ["acme/base@^1"])
    #expect(try await scene.move().moved == ["app 1.0.0 1.1.0"])
  }

  @Test func `a pinned skill stays until it is unpinned`() async throws {
    let scene = try await scene()
    let base = try SkillSlug(parsing: "base")
    let options = InstallOptions(saves: true)
    _ = try await scene.installer().perform(.pin(base), options)
    try scene.registry.publish("acme/base", "1.5.0")
    #expect(try await scene.move().reasons == ["app up_to_date", "base pinned"])
    #expect(try scene.manifest?.pins.count == 1)
    _ = try await scene.installer().perform(.unpin(base), options)
    #expect(try await scene.move().moved == ["base 1.0.0 1.5.0"])
    #expect(await code { try await scene.installer().perform(.unpin(base), options) } == .notFound)
  }

  @Test func `a rollback brings back what was there and keeps it`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/app", "1.1.0", needs: ["acme/base@^1"], files: ["v": "1.1.0"])
    try await scene.move()
    let app = try SkillSlug(parsing: "app")
    let options = InstallOptions(saves: true)
    let back = try await scene.installer().perform(.rollBack(app), options)
    #expect(back.items.map { $0.skill.version } == ["1.0.0"])
    #expect(scene.text(".agents/skills/app/v") == "1.0.0")
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/base 1.0.0"])
    #expect(try await scene.move().reasons == ["app pinned", "base up_to_date"])
    // And forward again.
    _ = try await scene.installer().perform(.rollBack(app), options)
    #expect(scene.text(".agents/skills/app/v") == "1.1.0")
  }

  @Test func `a rollback reports what happened to the skills that it resolves again`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/app", "1.1.0", needs: ["acme/base@^1"])
    try await scene.move()
    scene.registry.amend("acme/base", "1.0.0") { $0.status = "withdrawn" }
    let back = try await scene.installer().perform(.rollBack(SkillSlug(parsing: "app")), InstallOptions(saves: true))
    #expect(back.notices.withdrawn.map(\.title) == ["acme/base@1.0.0"])
  }

  @Test func `a rollback takes back a range that had moved on`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/app", "2.0.0", needs: ["acme/base@^1"])
    try await scene.move(beyond: true)
    #expect(try scene.wanted == ["acme/app ^2.0.0"])
    _ = try await scene.installer().perform(.rollBack(try SkillSlug(parsing: "app")), InstallOptions(saves: true))
    #expect(try scene.wanted == ["acme/app ^1.0.0"])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/base 1.0.0"])
  }

  @Test func `without an earlier version there is nothing to roll back to`() async throws {
    let scene = try await scene()
    let before = try scene.hash()
    let app = try SkillSlug(parsing: "app")
    #expect(
      await code { try await scene.installer().perform(.rollBack(app), InstallOptions(saves: true)) } == .notFound)
    #expect(try scene.hash() == before)
  }

  @Test func `what cannot be fetched stays with all that hangs on it, and the rest moves`() async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/other", "1.0.0")
    try await scene.add("acme/other")
    try scene.registry.publish("acme/other", "1.1.0")
    try scene.registry.publish("acme/fresh", "1.0.0")
    try scene.registry.publish("acme/app", "1.1.0", needs: ["acme/fresh"])
    scene.registry.amend("acme/fresh", "1.0.0") { $0.archive[40] ^= 1 }
    let outcome = try await scene.move()
    #expect(outcome.moved == ["other 1.0.0 1.1.0"])
    #expect(outcome.failures == ["app integrity_error"])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/base 1.0.0", "acme/other 1.1.0"])
  }

  @Test(arguments: ["install", "update", "remove"])
  func `an edited skill that nothing needs any more stays, and is reported`(verb: String) async throws {
    let scene = try await scene()
    try scene.registry.publish("acme/app", "1.1.0")
    try scene.write(".agents/skills/base/v", "mine")
    let outcome =
      switch verb {
      case "install": try await scene.add("acme/app@1.1.0")
      case "update": try await scene.move()
      default: try await scene.drop("app")
      }
    #expect(outcome.plan.remaining.map(\.entry) == [".agents/skills/base"])
    #expect(outcome.removed.map(\.rawValue) == (verb == "remove" ? ["app"] : []))
    #expect(try scene.locked == (verb == "remove" ? [] : ["acme/app 1.1.0"]))
    #expect(scene.text(".agents/skills/base/v") == "mine")
  }

  @Test func `an update that places no skill fails when the two files cannot be written`() async throws {
    let scene = try await scene()
    let manifest = try #require(scene.text("skills.json"))
    try scene.registry.publish("acme/tool", "1.0.0")
    try await scene.add("acme/tool")
    try scene.write("skills.json", manifest)
    try scene.setMode("skills.lock", 0o444)
    let before = try scene.hash()
    #expect(await code { try await scene.move() } == .fileError)
    #expect(try scene.hash() == before)
    try scene.setMode("skills.lock", 0o644)
    #expect(try await scene.move().removed.map(\.rawValue) == ["tool"])
  }

  @Test func `an edited skill is left alone by every change that does not name it`() async throws {
    let scene = try await scene()
    try scene.write(".agents/skills/base/v", "mine")
    try scene.registry.publish("acme/tool", "1.0.0", needs: ["acme/base"])
    let outcome = try await scene.add("acme/tool")
    #expect(outcome.plan.edited.map(\.slug.rawValue) == ["base"])
    #expect(scene.text(".agents/skills/base/v") == "mine")
    try scene.registry.publish("acme/base", "1.1.0")
    #expect(try await scene.move().reasons.contains("base local_edits"))
  }
}
