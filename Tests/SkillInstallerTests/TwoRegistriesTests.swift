import RegistryClient
import SkillInstaller
import Skills
import Testing

/// One project with skills of two registries.
@Suite struct TwoRegistriesTests {
  private let ours = FakeRegistry()
  private let theirs = FakeRegistry()

  private func installer(_ scene: Scene, choosing chosen: FakeRegistry? = nil) throws -> SkillInstaller {
    let clients = try [ours, theirs].map { try $0.client() }
    let registries = Registries(
      standard: try (chosen ?? ours).client().address, isChosen: chosen != nil
    ) { address throws(MeshError) in
      guard let client = clients.first(where: { $0.address == address }) else {
        throw MeshError(.networkError, "no such registry")
      }
      return client
    }
    return SkillInstaller(registries: registries, targets: try scene.targets())
  }

  private func add(_ name: String, to scene: Scene, from registry: FakeRegistry? = nil) async throws {
    _ = try await installer(scene, choosing: registry)
      .perform(.add([SkillReference(parsing: name)]), InstallOptions(saves: true))
  }

  @Test func `one name that two skills need from two registries is a conflict that names both`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/base", "1.0.0", files: ["whose": "ours"])
    try ours.publish("acme/app", "1.0.0", needs: ["acme/base@^1"])
    try theirs.publish("acme/base", "1.9.0", files: ["whose": "theirs"])
    try theirs.publish("evil/tool", "1.0.0", needs: ["acme/base@^1"])
    try await add("acme/app", to: scene)
    let before = try scene.hash()
    let error = await #expect(throws: MeshError.self) { try await add("evil/tool", to: scene, from: theirs) }
    #expect(error?.code == .conflict)
    #expect(error?.message.contains(ours.address) == true)
    #expect(error?.message.contains(theirs.address) == true)
    #expect(error?.hint?.contains("acme/base") == true)
    #expect(try scene.hash() == before)
  }

  @Test func `what one registry alone needs comes from there, and a manifest that names it decides`() async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/base", "1.0.0", files: ["whose": "ours"])
    try theirs.publish("acme/base", "1.9.0", files: ["whose": "theirs"])
    try theirs.publish("evil/tool", "1.0.0", needs: ["acme/base@^1"])
    try await add("evil/tool", to: scene, from: theirs)
    #expect(scene.text(".agents/skills/base/whose") == "theirs")
    let other = try Scene(ours)
    try await add("acme/base", to: other)
    try await add("evil/tool", to: other, from: theirs)
    #expect(other.text(".agents/skills/base/whose") == "ours")
  }

  @Test(arguments: ["install", "add"])
  func `another registry in the manifest is refused with the two ways out`(verb: String) async throws {
    let scene = try Scene(ours)
    try ours.publish("acme/app", "1.0.0", files: ["whose": "ours"])
    try ours.publish("acme/more", "1.0.0")
    try theirs.publish("acme/app", "1.0.0", files: ["whose": "theirs"])
    try theirs.publish("acme/more", "1.0.0")
    try await add("acme/app", to: scene)
    let manifest = try #require(scene.text("skills.json"))
    try scene.write("skills.json", manifest.replacing(ours.address, with: theirs.address))
    let error = await #expect(throws: MeshError.self) {
      switch verb {
      case "add": try await add("acme/more", to: scene)
      default: _ = try await installer(scene).perform(.install(), InstallOptions(saves: true))
      }
    }
    #expect(error?.code == .conflict)
    #expect(error?.message.contains(ours.address) == true && error?.message.contains(theirs.address) == true)
    #expect(error?.hint?.contains("remove acme/app") == true)
    // The second way.
    try await scene.drop("app")
    try await add("acme/app", to: scene)
    #expect(scene.text(".agents/skills/app/whose") == "theirs")
  }
}
