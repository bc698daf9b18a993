import Foundation
import TestSupport
import Testing

/// Which registry a command asks, with which token, and what it says when there is no good answer.
@Suite struct CommandsRegistryTests {
  private func run(_ words: [String], in folder: String, _ environment: [String: String]) async throws -> Outcome {
    let home = folder + "/fresh-home"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    return try await Program.run(
      Program.agentMesh, words,
      environment: ["PATH": "/usr/bin:/bin", "HOME": home].merging(environment) { $1 }, folder: folder)
  }

  @Test func `a pipeline installs a private skill with a token and the registry that it is for`() async throws {
    let scene = try await Scene.open()
    let skill = try scene.skill("hidden")
    #expect(try await scene.agentMesh(["skills", "publish", skill, "--private"]).status == 0)
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/hidden", project]).status == 0)
    try FileManager.default.removeItem(atPath: scene.place + "/project/.agents")
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    let withheld = try await run(["skills", "ci", project], in: scene.place, ["AGENT_MESH_TOKEN": token])
    #expect(withheld.status == 4, "\(withheld.errors)")
    #expect(try (withheld.json()["hint"] as? String)?.contains("AGENT_MESH_REGISTRY") == true)
    let sent = try await run(
      ["skills", "ci", project], in: scene.place,
      ["AGENT_MESH_TOKEN": token, "AGENT_MESH_REGISTRY": scene.registry.url])
    #expect(sent.status == 0, "\(sent.errors)")
    #expect(scene.exists("project/.agents/skills/hidden/SKILL.md"))
    let list = try await scene.agentMesh(["skills", "installed", project, "--human"])
    #expect(list.output.contains("acme/hidden (private)"), "\(list.output)")
  }

  @Test func `a project that was moved with its registry is installed from the new address alone`() async throws {
    let (old, new) = (try await Scene.open(), try await Scene.open())
    for scene in [old, new] {
      #expect(try await scene.agentMesh(["skills", "publish", scene.skill("notes")]).status == 0)
    }
    let project = try old.project()
    #expect(try await old.agentMesh(["skills", "install", "acme/notes", project], as: "user").status == 0)
    let moved = try await old.agentMesh(
      ["skills", "registry", "move", old.registry.url, new.registry.url, project], as: "user")
    #expect(moved.status == 0, "\(moved.errors)")
    #expect(try moved.json()["moved"] as? [String] == ["acme/notes"])
    await old.registry.stop()
    try old.clone(project, to: "copy")
    let cloned = try await old.agentMesh(["skills", "ci", "copy"], as: "somebody")
    #expect(cloned.status == 0, "\(cloned.errors)")
    #expect(old.exists("copy/.agents/skills/notes/SKILL.md"))
    #expect(try await old.agentMesh(["skills", "verify", project], as: "user").status == 0)
  }

  @Test func `an empty variable is one that is not set`() async throws {
    let scene = try await Scene.open()
    var environment = scene.environment(of: "acme")
    for name in ["AGENT_MESH_TOKEN", "AGENT_MESH_REGISTRY", "AGENT_MESH_CACHE"] { environment[name] = "" }
    for words in [["skills", "list"], ["status", "--check"], ["skills", "install", try scene.project()]] {
      let outcome = try await Program.run(Program.agentMesh, words, environment: environment, folder: scene.place)
      #expect(outcome.status == (words.contains("install") ? 4 : 0), "\(outcome.errors)")
    }
  }

  @Test(arguments: [204, 401]) func `logout revokes the token and forgets it`(status: Int) async throws {
    let server = TestServer { request, connection in try connection.reply(status, headers: [], "") }
    let folder = try TemporaryFolder()
    let environment = ["AGENT_MESH_REGISTRY": "http://127.0.0.1:\(server.port)"]
    let login = ["login", "--no-verify", "--token", "made-up"]
    #expect(try await run(login, in: folder.path.string, environment).status == 0)
    let outcome = try await run(["logout", "--revoke", "--json"], in: folder.path.string, environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try outcome.json()["forgotten"] as? Bool == true)
    #expect(server.requests.map { "\($0.method) \($0.target)" } == ["DELETE /api/user/token"])
    let again = try await run(["logout", "--json"], in: folder.path.string, environment)
    #expect(try again.json()["forgotten"] as? Bool == false)
  }

  @Test func `a token that cannot be revoked is not forgotten`() async throws {
    let folder = try TemporaryFolder()
    let environment = ["AGENT_MESH_REGISTRY": "http://127.0.0.1:\(TestServer.closedPort())"]
    let login = ["login", "--no-verify", "--token", "made-up"]
    #expect(try await run(login, in: folder.path.string, environment).status == 0)
    let outcome = try await run(["logout", "--revoke", "--json"], in: folder.path.string, environment)
    #expect(outcome.status == 6, "\(outcome.errors)")
    #expect(try (outcome.json()["hint"] as? String)?.contains("--revoke") == true)
    #expect(
      try await run(["logout", "--json"], in: folder.path.string, environment).json()["forgotten"] as? Bool == true)
  }

  @Test func `skills of several registries are compared each with its own, and one that is down hides no other`()
    async throws
  {
    let (here, there) = (try await Scene.open(), try await Scene.open())
    let project = try here.project()
    for (scene, name) in [(here, "near"), (there, "far")] {
      #expect(try await scene.agentMesh(["skills", "publish", try scene.skill(name)]).status == 0)
      let install = ["skills", "install", "acme/\(name)", project, "--registry", scene.registry.url]
      #expect(try await here.agentMesh(install, as: "user").status == 0)
    }
    let check = ["skills", "installed", project, "--check-updates"]
    func rows() async throws -> [String: [String: Any]] {
      let outcome = try await here.agentMesh(check, as: "user")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let rows = try outcome.json()["skills"] as? [[String: Any]] ?? []
      return Dictionary(rows.map { ($0["slug"] as? String ?? "", $0) }) { $1 }
    }
    let both = try await rows()
    for name in ["near", "far"] { #expect(both[name]?["remote_version"] as? String == "1.0.0") }
    await there.registry.stop()
    let one = try await rows()
    #expect(one["near"]?["remote_version"] as? String == "1.0.0")
    #expect((one["far"]?["update_error"] as? String)?.isEmpty == false)
  }

  @Test func `info and search ask the registry of the project`() async throws {
    let (mine, theirs) = (try await Scene.open(), try await Scene.open())
    #expect(try await theirs.agentMesh(["skills", "publish", try theirs.skill("only-there")]).status == 0)
    try mine.write(#"{"format":1,"registry":"\#(theirs.registry.url)","skills":{}}"#, to: "project/skills.json")
    for words in [["info", "acme/only-there"], ["search", "only-there"]] {
      let outcome = try await Program.run(
        Program.agentMesh, ["skills"] + words, environment: mine.environment(of: "user"),
        folder: mine.place + "/project")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("only-there"))
    }
  }

  @Test(.enabled(if: (try? RawConnection(port: 7117)) == nil))
  func `where nobody chose a registry and none is there, it is said how to get one`() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await run(["skills", "info", "acme/x"], in: folder.path.string, [:])
    #expect(outcome.status == 6)
    for text in ["--registry", "AGENT_MESH_REGISTRY", "agent-mesh-registry serve"] {
      #expect(outcome.errors.contains(text), "\(outcome.errors)")
    }
  }

  @Test func `a server that is no registry is not taken for one without the skill`() async throws {
    let server = TestServer { _, connection in try connection.reply(404, headers: ["Content-Type: text/html"], "<p>no")
    }
    let folder = try TemporaryFolder()
    let outcome = try await run(
      ["skills", "install", "acme/x"], in: folder.path.string,
      ["AGENT_MESH_REGISTRY": "http://127.0.0.1:\(server.port)"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("does not answer like a registry"), "\(outcome.errors)")
  }

  @Test func `a token with characters that no token has is wrong input`() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await run(
      ["login", "--no-verify", "--token", "two words", "--json"], in: folder.path.string,
      ["AGENT_MESH_REGISTRY": "http://127.0.0.1:1"])
    #expect(outcome.status == 2)
    #expect(try outcome.json()["hint"] != nil)
  }

  @Test func `the age of updates is set and shown, and a bad one names its file`() async throws {
    let folder = try TemporaryFolder()
    let set = try await run(["config", "--min-age", "3d", "--json"], in: folder.path.string, [:])
    #expect(try set.json()["min_age"] as? String == "3d", "\(set.errors)")
    #expect(try await run(["config", "--min-age", "soon"], in: folder.path.string, [:]).status == 2)
    let shown = try await run(["config"], in: folder.path.string, [:]).output
    for key in ["min_age", "targets", "insecure_hosts"] { #expect(shown.contains(key)) }
    let file = folder.path.string + "/fresh-home/.agent-mesh/config.json"
    try #"{"min_age":"soon"}"#.write(toFile: file, atomically: true, encoding: .utf8)
    let outdated = try await run(["skills", "outdated"], in: folder.path.string, [:])
    #expect(outdated.status == 1)
    #expect(outdated.errors.contains("config.json"), "\(outdated.errors)")
  }
}
