import Foundation
import Testing

@Suite struct CacheTests {
  private func scene() async throws -> Scene {
    let scene = try await Scene.open()
    try scene.skill("probe")
    #expect(try await scene.agentMesh(["skills", "publish", "probe"]).status == 0)
    let installed = try await scene.agentMesh(["skills", "install", "acme/probe", try scene.project()])
    #expect(installed.status == 0, "\(installed.errors)")
    return scene
  }

  private func info(_ scene: Scene) async throws -> [String: Any] {
    try await scene.agentMesh(["cache", "info", "--json"]).json()
  }

  @Test func `the cache is shown, and cleared only after a yes`() async throws {
    let scene = try await scene()
    let full = try await info(scene)
    #expect(full["archives"] as? Int == 1)
    #expect(full["index_documents"] as? Int == 1)
    let refused = try await scene.agentMesh(["cache", "clean"])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("--yes"))
    #expect(try await info(scene)["archives"] as? Int == 1)
    #expect(try await scene.agentMesh(["cache", "clean", "--yes"]).output.contains("Removed 1 archive"))
    #expect(try await info(scene)["archives"] as? Int == 0)
    #expect(scene.exists("project/.claude/skills/probe/SKILL.md"))
  }

  @Test func `a damaged file is found, removed and told by the exit status`() async throws {
    let scene = try await scene()
    #expect(try await scene.agentMesh(["cache", "verify"]).status == 0)
    let folder = try #require(try await info(scene)["folder"] as? String)
    let files = FileManager.default.enumerator(atPath: folder + "/archives")
    let archive = try #require(files?.compactMap { $0 as? String }.first { $0.count > 60 })
    let path = folder + "/archives/" + archive
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try Data("damaged".utf8).write(to: URL(filePath: path))
    let outcome = try await scene.agentMesh(["cache", "verify", "--json"])
    #expect(outcome.status == 7)
    #expect((try outcome.json()["damaged"] as? [String])?.count == 1)
    #expect(try await scene.agentMesh(["cache", "verify"]).status == 0)
  }

  @Test func `a cache that is not there is empty`() async throws {
    let scene = try await Scene.open(authors: [])
    #expect(try await scene.agentMesh(["cache", "info"]).output.contains("0 archives"))
    #expect(try await scene.agentMesh(["cache", "clean", "--yes"]).status == 0)
    #expect(!scene.exists("home-acme/.cache"))
  }
}
