import SkillInstaller
import Skills
import Testing

/// A lock whose manifest is gone.
@Suite struct LostManifestTests {
  @Test func `adding to it is refused, and nothing of what it lists is removed`() async throws {
    let scene = try Scene()
    for name in ["acme/one", "acme/two", "acme/three"] { try scene.registry.publish(name, "1.0.0") }
    try await scene.add("acme/one", "acme/two")
    try scene.delete("skills.json")
    let before = try scene.hash()
    let error = await #expect(throws: MeshError.self) { try await scene.add("acme/three") }
    #expect(error?.code == .lockMismatch)
    #expect(error?.hint?.contains("skills.json") == true)
    #expect(await code { try await Adoption.perform(of: [], in: scene.targets()) } == .lockMismatch)
    #expect(try scene.hash() == before)
    // To begin anew is one of the ways out.
    try scene.delete("skills.lock")
    try await scene.add("acme/three")
    #expect(scene.names(".agents/skills") == ["one", "three", "two"])
  }
}
