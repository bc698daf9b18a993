import Foundation
import SkillInstaller
import Skills
import Testing

/// Versions that are yanked, withdrawn, in quarantine or too young, and the way past them.
@Suite struct UnavailableVersionTests {
  private func scene(_ versions: String...) async throws -> Scene {
    let scene = try Scene()
    for version in versions { try scene.registry.publish("acme/app", version) }
    try await scene.add("acme/app@\(versions[0])")
    return scene
  }

  private func failure(_ work: () async throws -> some Any) async -> MeshError? {
    do {
      _ = try await work()
      return nil
    } catch {
      return error as? MeshError
    }
  }

  @Test(arguments: ["breaks builds", nil]) func `a yanked version that is asked for is warned of`(reason: String?)
    async throws
  {
    let scene = try Scene()
    for version in ["1.0.0", "1.1.0"] { try scene.registry.publish("acme/app", version) }
    scene.registry.amend("acme/app", "1.1.0") { ($0.status, $0.reason) = ("yanked", reason) }
    let change = ProjectChange.add([try SkillReference(parsing: "acme/app@1.1.0")])
    let outcome = try await scene.installer().perform(change, InstallOptions(saves: true))
    #expect(outcome.plan.steps.map(\.yanked) == [reason ?? ""])
    let again = try await scene.installer().perform(change, InstallOptions(saves: true))
    #expect(again.plan.changingSteps.isEmpty)
  }

  @Test func `a locked version in quarantine fails with the reason, and moves when somebody asks`() async throws {
    let scene = try await scene("1.0.0", "1.1.0")
    try scene.write("skills.json", try #require(scene.text("skills.json")).replacing("1.0.0", with: "^1"))
    scene.registry.amend("acme/app", "1.0.0") { ($0.status, $0.reason) = ("quarantined", "sends files") }
    let before = try scene.hash()
    let error = await failure { try await scene.sync() }
    #expect(error?.code == .quarantined)
    #expect(error?.message.contains("sends files") == true)
    #expect(error?.hint?.contains("agent-mesh skills update app") == true)
    #expect(try scene.hash() == before)
    let outcome = try await scene.move("app")
    #expect(outcome.moved == ["app 1.0.0 1.1.0"])
    #expect(outcome.notices.passedOver.map(\.reason) == [.quarantined("sends files")])
  }

  @Test func `a locked version in quarantine gives way to one that is asked for by name`() async throws {
    let scene = try await scene("1.0.0", "1.1.0")
    scene.registry.amend("acme/app", "1.0.0") { $0.status = "quarantined" }
    let outcome = try await scene.add("acme/app@^1")
    #expect(outcome.items.map(\.skill.version) == ["1.1.0"])
    #expect(outcome.notices.passedOver.map(\.reason) == [.quarantined(nil)])
  }

  @Test(arguments: ["quarantined", "withdrawn"])
  func `without another version the way out is to remove it, which works`(status: String) async throws {
    let scene = try await scene("1.0.0")
    scene.registry.amend("acme/app", "1.0.0") { $0.status = status }
    refuseDownload(of: "1.0.0", in: scene)
    try scene.delete(".agents")
    let error = await failure { try await scene.sync() }
    #expect(error?.hint?.contains("agent-mesh skills remove app") == true, "\(String(describing: error))")
    try await scene.drop("app")
    #expect(try scene.locked == [])
  }

  @Test func `every refusal of a pinned version that was withdrawn names a command that works`() async throws {
    let scene = try await scene("1.0.0", "1.1.0")
    try scene.write("skills.json", try #require(scene.text("skills.json")).replacing("1.0.0", with: "^1.0.0"))
    let app = try SkillSlug(parsing: "app")
    let options = InstallOptions(saves: true)
    try await scene.installer().perform(.pin(app), options)
    scene.registry.amend("acme/app", "1.0.0") { $0.status = "withdrawn" }
    refuseDownload(of: "1.0.0", in: scene)
    try scene.delete(".agents")
    for isFrozen in [true, false] {
      let error = await failure { try await scene.sync(frozen: isFrozen) }
      #expect(error?.code == .gone)
      #expect(error?.hint?.contains("unpin app, then: agent-mesh skills update app") == true)
    }
    try await scene.installer().perform(.unpin(app), options)
    #expect(try await scene.move("app").updated.map(\.skill.version) == ["1.1.0"])
    #expect(try scene.locked == ["acme/app 1.1.0"])
  }

  @Test func `when only an older version is left, the way out names it, and installing it drops the pin`() async throws
  {
    let scene = try await scene("1.1.0", "1.0.0")
    let options = InstallOptions(saves: true)
    try await scene.installer().perform(.pin(try SkillSlug(parsing: "app")), options)
    scene.registry.amend("acme/app", "1.1.0") { $0.status = "withdrawn" }
    refuseDownload(of: "1.1.0", in: scene)
    try scene.delete(".agents")
    let error = await failure { try await scene.sync(frozen: true) }
    #expect(error?.hint?.contains("agent-mesh skills install acme/app@1.0.0") == true)
    try await scene.add("acme/app@1.0.0")
    #expect(try scene.locked == ["acme/app 1.0.0"])
    #expect(try scene.manifest?.pins.isEmpty == true)
  }

  private func refuseDownload(of version: String, in scene: Scene) {
    scene.registry.change {
      $0.answers["/\(version)/download"] = { _, connection in
        try connection.reply(
          410, headers: ["Content-Type: application/problem+json"], #"{"code":"gone","message":"withdrawn"}"#)
      }
    }
  }

  @Test func `one that is too young to take the place of a pre-release is held, and the rest moves`() async throws {
    let scene = try await scene("1.0.0-beta.1")
    try scene.registry.publish("acme/other", "1.0.0")
    try await scene.add("acme/other")
    try scene.registry.publish("acme/app", "1.0.0")
    let now = Date()
    scene.registry.amend("acme/app", "1.0.0") { $0.publishedAt = now.ISO8601Format() }
    try scene.registry.publish("acme/other", "2.0.0")
    let outcome = try await scene.move(beyond: true, age: .standard)
    #expect(outcome.moved == ["other 1.0.0 2.0.0"])
    #expect(outcome.reasons == ["app too_new"])
    #expect(outcome.notices.passedOver.map(\.number.description) == ["1.0.0"])
    #expect(try scene.locked == ["acme/app 1.0.0-beta.1", "acme/other 2.0.0"])
  }
}
