import Foundation
import Testing

/// Both programs killed at every call that changes the disk, one after the other.
@Suite(.enabled(if: Program.find("strace") != nil), .serialized) struct KillSweepTests {
  /// Calls after which the disk looks different.
  private static let changes =
    "mkdirat,mkdir,openat,write,pwrite64,writev,renameat,renameat2,rename,symlinkat,unlinkat,fchmod,fsync,fdatasync,ftruncate"

  /// Runs `command` under a tracer that kills it at the `number`th of `calls`; false once there is no such call.
  private func killed(
    _ command: [String], at number: Int, of call: String, _ environment: [String: String], _ folder: String
  ) async throws -> Bool {
    let strace = try #require(Program.find("strace"))
    let outcome = try await Program.run(
      strace,
      ["-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):signal=SIGKILL:when=\(number)"]
        + command,
      // One thread for all tasks: the tracer counts calls by thread.
      environment: environment.merging(["LIBDISPATCH_COOPERATIVE_POOL_STRICT": "1"]) { $1 }, folder: folder)
    return outcome.signal == SIGKILL || outcome.status == 137
  }

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
    var kills = 0
    for call in Self.changes.split(separator: ",").map(String.init) {
      var number = 1
      while true {
        // Opening the program's own libraries changes nothing and is most of these calls.
        if call == "openat", number > 150 { break }
        let project = try scene.project("p-\(call)-\(number)")
        let placed = try await scene.agentMesh(["skills", "install", "acme/steady@1.0.0", project])
        try #require(placed.status == 0, "\(placed.errors)")
        let died = try await killed(
          [Program.agentMesh, "skills", "update", "--latest", "--min-age", "0", "./" + project], at: number, of: call,
          scene.environment(of: "acme"), scene.place)
        let state = try content(scene, project)
        #expect(state == old || state == new, "killed at \(call) \(number)")
        let retry = try await scene.agentMesh(["skills", "update", "--latest", "--min-age", "0", "./" + project])
        #expect(retry.status == 0, "after \(call) \(number): \(retry.errors)")
        #expect(try content(scene, project) == new, "after \(call) \(number)")
        #expect(!scene.exists("\(project)/.agents/skills/.agent-mesh"), "after \(call) \(number)")
        try FileManager.default.removeItem(atPath: scene.place + "/" + project)
        guard died else { break }
        kills += 1
        number += call == "openat" ? 10 : 1
      }
    }
    #expect(kills > 20)
  }

  @Test func `a server killed at any call of a publish has the version whole or not at all`() async throws {
    let scene = try await Scene.open()
    try scene.skill("lasting", files: ["docs/one.md": "one"])
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    await scene.registry.stop()
    var kills = 0
    for call in ["openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "mkdir", "writev", "sendto"] {
      // A start after a kill makes a few calls more or less than the one that was counted.
      let started = try await callsAtStart(call, scene)
      var survivals = 0
      for number in max(1, started - 8)...(started + 60) where survivals < 4 {
        let version = "1.\(kills).\(number)"
        let server = try? await Registry.start(
          data: scene.place + "/registry-data",
          wrapper: try tracer(call, inject: "inject=\(call):signal=SIGKILL:when=\(number)"))
        let published = try await publish(version, at: server?.url, token, scene)
        let survived = server?.isRunning == true && published
        await server?.stop(SIGKILL)
        try await verify(scene, version: version, acknowledged: published, token: token)
        survivals = survived ? survivals + 1 : 0
        kills += survived ? 0 : 1
      }
    }
    #expect(kills > 10)
  }

  @Test func `a publish is acknowledged only after archive, folder and commit are synced`() async throws {
    let scene = try await Scene.open()
    try scene.skill("synced")
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    await scene.registry.stop()
    let log = scene.place + "/syncs"
    let server = try await Registry.start(
      data: scene.place + "/registry-data",
      wrapper: try tracer("fsync,fdatasync,writev", inject: "signal=none", log: log))
    #expect(try await publish("1.0.0", of: "synced", at: server.url, token, scene))
    await server.stop()
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
    let answer = try #require(calls.lastIndex { $0.contains("201 Created") })
    let before = calls[..<answer]
    #expect(before.filter { $0.contains(" fsync(") }.count >= 2)
    #expect(before.filter { $0.contains("fdatasync(") }.count >= 1)
    #expect(before.lastIndex { $0.contains("fdatasync(") } ?? 0 > before.firstIndex { $0.contains(" fsync(") } ?? 0)
  }

  /// The tracer stands aside, so that the traced program is the process that was started.
  private func tracer(_ call: String, inject: String, log: String = "/dev/null") throws -> [String] {
    [try #require(Program.find("strace")), "-D", "-f", "-qq", "-o", log, "-e", "trace=\(call)", "-e", inject]
  }

  /// How many of these calls a server makes before it says that it listens.
  private func callsAtStart(_ call: String, _ scene: Scene) async throws -> Int {
    let log = scene.place + "/calls-\(call)"
    let server = try await Registry.start(
      data: scene.place + "/registry-data", wrapper: try tracer(call, inject: "signal=none", log: log))
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    await server.stop(SIGKILL)
    return lines.filter { $0.contains(call + "(") }.count
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
