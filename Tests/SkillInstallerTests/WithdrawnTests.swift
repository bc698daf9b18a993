import SkillInstaller
import Skills
import Testing

/// Locked versions that their registry no longer serves.
@Suite struct WithdrawnTests {
  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/base", "1.0.0")
    try scene.registry.publish("acme/app", "1.0.0", needs: ["acme/base@^1"])
    try await scene.add("acme/app")
    return scene
  }

  @Test(arguments: [false, true])
  func `stay where they are locked, and that is told`(hasOther: Bool) async throws {
    let scene = try await scene()
    if hasOther { try scene.registry.publish("acme/base", "1.1.0") }
    scene.registry.amend("acme/base", "1.0.0") { $0.status = "withdrawn" }
    let before = try scene.hash()
    let outcome = try await scene.sync()
    #expect(outcome.notices.withdrawn.map(\.title) == ["acme/base@1.0.0"])
    #expect(try scene.hash() == before)
    try scene.registry.publish("acme/base", "1.2.0")
    #expect(try await scene.move().moved == ["base 1.0.0 1.2.0"])
  }

  @Test func `a skill without any version left is not called one that does not exist`() async throws {
    let scene = try await scene()
    scene.registry.amend("acme/base", "1.0.0") { $0.status = "withdrawn" }
    let other = try Scene(scene.registry)
    let error = await #expect(throws: MeshError.self) { try await other.add("acme/app") }
    #expect(error?.code == .unresolvable)
    #expect(error?.message.contains("all of its versions were withdrawn by their author") == true)
  }
}
