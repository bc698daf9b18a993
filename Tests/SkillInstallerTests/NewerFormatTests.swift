import Foundation
import SkillInstaller
import Skills
import Testing

/// What a newer agent-mesh left is said to be that, and not touched.
@Suite struct NewerFormatTests {
  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try scene.registry.publish("acme/other", "1.0.0")
    try await scene.add("acme/probe")
    return scene
  }

  @Test func `a skill with a newer record is neither replaced nor removed`() async throws {
    let scene = try await scene()
    try scene.write(".agents/skills/probe/.agent-mesh.json", #"{"format": 2, "skill": "acme/probe"}"#)
    let before = try scene.hash()
    #expect(await code { try await scene.sync() } == .newerFormat)
    #expect(await code { try await scene.remove("probe") } == .newerFormat)
    #expect(try await scene.move().reasons == ["probe not_managed"])
    #expect(try scene.hash() == before)
    let found = try Diagnosis(of: scene.targets(), AgentEnvironment(environment: ["HOME": "/nonexistent"])).findings()
    #expect(found.contains { $0.rule == .unreadable && $0.path == ".agents/skills/probe" })
  }

  @Test func `a newer record of an unfinished change stands until its program has read it`() async throws {
    let scene = try await scene()
    try scene.write(".agents/skills/.agent-mesh/transaction.json", #"{"format": 2}"#)
    try scene.write(".agents/skills/.agent-mesh/probe.00.skill/SKILL.md", "half")
    let before = try scene.hash()
    #expect(await code { try await scene.add("acme/other") } == .newerFormat)
    #expect(try scene.hash() == before)
  }
}
