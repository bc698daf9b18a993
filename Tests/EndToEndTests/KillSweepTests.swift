import Foundation
import Testing

/// Both programs killed at every call that changes the disk, one after the other.
@Suite(.enabled(if: Tracer.isAvailable), .serialized) struct KillSweepTests {
  @Test func `an update killed at any call leaves the old version or the new one, and the next run goes through`()
    async throws
  {
    let scene = try await Scene.open()
    try scene.skill("steady", files: ["docs/one.md": "one", "two.md": "two"])
    #expect(try await scene.agentMesh(["skills", "publish", "steady"]).status == 0)
    let old = try await treeOf(scene, "1.0.0")
    try scene.skill("steady", version: "2.0.0", files: ["docs/one.md": "ONE", "three.md": "three"])
    #expect(try await scene.agentMesh(["skills", "publish", "steady"]).status == 0)
    let new = try await treeOf(scene, "2.0.0")
    let words = { @Sendable project in ["skills", "update", "--latest", "--min-age", "0", project] }
    let sweep = KillSweep(scene: scene, words: words) { project in
      try FileManager.default.copyItem(atPath: scene.place + "/tree-1.0.0", toPath: scene.place + "/" + project)
    }
    let kills = try await sweep.run { project, died, place in
      let state = try content(scene, project)
      #expect(state == old || state == new, "killed at \(place)")
      #expect(died || state == new)
      let retry = try await scene.agentMesh(words("./" + project))
      #expect(retry.status == 0, "after \(place): \(retry.errors)")
      #expect(try content(scene, project) == new, "after \(place)")
      #expect(!scene.exists("\(project)/.agents/skills/.agent-mesh"), "after \(place)")
    }
    for (call, least) in ["mkdirat": 3, "write": 5, "renameat2": 1, "unlinkat": 3, "openat": 5] {
      #expect(kills[call, default: 0] >= least, "\(kills)")
    }
  }

  @Test(arguments: [
    ("openat", 1), ("mkdirat", 1), ("write", 1), ("pwrite64", 5), ("fsync", 2), ("fdatasync", 1), ("renameat", 1),
    ("unlinkat", 0), ("writev", 1),
  ])
  func `a server killed at any such call of a publish has the version whole or not at all`(
    call: String, least: Int
  ) async throws {
    let scene = try await Scene.open()
    try scene.skill("lasting", files: ["docs/one.md": String(repeating: "one", count: 100_000)])
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    await scene.registry.stop()
    var (number, survived) = (0, false)
    while !survived {
      number += 1
      try #require(number < 200, "no end of \(call)")
      let version = "1.0.\(number)"
      let server = try await Registry.start(data: scene.registry.data)
      let tracer = try await Tracer.attach(
        to: server.id, ["-e", "trace=\(call)", "-e", Tracer.kill(call, number)])
      let published = try await publish(version, at: server.url, token, scene)
      survived = server.isRunning
      await server.stop(SIGKILL)
      await tracer.end()
      try await verify(scene, version: version, acknowledged: published, token: token)
    }
    #expect(number > least)
  }

  private func publish(
    _ version: String, of skill: String = "lasting", at url: String?, _ token: String, _ scene: Scene
  ) async throws -> Bool {
    guard let url else { return false }
    var environment = scene.environment(of: "acme")
    environment["AGENT_MESH_REGISTRY"] = url
    environment["AGENT_MESH_TOKEN"] = token
    return try await Program.run(
      Program.agentMesh, ["skills", "publish", skill, "--version", version], environment: environment,
      folder: scene.place
    ).status == 0
  }

  private func verify(_ scene: Scene, version: String, acknowledged: Bool, token: String) async throws {
    let server = try await Registry.start(data: scene.place + "/registry-data")
    var environment = scene.environment(of: "acme")
    environment["AGENT_MESH_REGISTRY"] = server.url
    environment["AGENT_MESH_TOKEN"] = token
    let project = try scene.project("verify")
    let installed = try await Program.run(
      Program.agentMesh, ["skills", "install", "acme/lasting@\(version)", project, "--force", "--no-save"],
      environment: environment,
      folder: scene.place)
    if acknowledged { #expect(installed.status == 0, "\(version) was acknowledged: \(installed.errors)") }
    #expect(installed.status == 0 || installed.status == 4, "\(version): \(installed.errors)")
    let check = try await scene.administer(["check"])
    #expect(check.status == 0, "\(version): \(check.output)")
    #expect(try await publish(version, at: server.url, token, scene), "\(version) cannot be published again")
    await server.stop()
  }

  private func treeOf(_ scene: Scene, _ version: String) async throws -> String {
    let project = try scene.project("tree-\(version)")
    #expect(try await scene.agentMesh(["skills", "install", "acme/steady@\(version)", project]).status == 0)
    return try content(scene, project)
  }

  /// Every file of the installed skill with its content, without our own record.
  private func content(_ scene: Scene, _ project: String) throws -> String {
    let folder = scene.place + "/" + project + "/.claude/skills/steady"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    return try names.filter { $0 != ".agent-mesh.json" }.map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
      return isFolder.boolValue ? name : try name + "=" + String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }.joined(separator: "\n")
  }
}
