import Foundation
import Testing

/// What the command line keeps for its user, and how it speaks.
@Suite struct SettingsTests {
  private static let home = "home-acme/.agent-mesh"

  @Test func `tokens are stored for one registry, readable by their owner alone, and never shown`() async throws {
    let scene = try await Scene.open()
    let path = scene.place + "/\(Self.home)/config.json"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let secret = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])["token"]
    let status = try await scene.agentMesh(["status", "--json", "--check"])
    #expect(try status.json()["author"] as? String == "acme")
    #expect(!status.output.contains(try #require(secret as? String)))
    let elsewhere = try await scene.agentMesh(["status", "--json", "--registry", "http://127.0.0.1:1"])
    #expect(try elsewhere.json()["logged_in"] as? Bool == false)
    chmod(path, 0o644)
    let open = try await scene.agentMesh(["status"])
    #expect(open.status == 1)
    #expect(open.errors.contains("chmod 600"))
  }

  @Test(arguments: ["", "/config.json"])
  func `settings that others may write to are not read until they are closed`(name: String) async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(#"{"min_age":"3d"}"#, to: "home-new/.agent-mesh/config.json")
    let path = scene.place + "/home-new/.agent-mesh" + name
    for mode: mode_t in [0o777, 0o722] {
      chmod(path, mode)
      for command in [["config"], ["config", "--max-concurrent", "4"]] {
        let open = try await scene.agentMesh(command, as: "new")
        #expect(open.status == 1)
        #expect(open.errors.contains("chmod go-w '\(path)'"), "\(open.errors)")
      }
    }
    chmod(path, 0o755)
    #expect(try await scene.agentMesh(["config"], as: "new").status == 0)
  }

  @Test(.enabled(if: getuid() == 0, "only root can give a folder away"), arguments: ["", "/config.json"])
  func `settings of somebody else are not read`(name: String) async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(#"{"min_age":"3d"}"#, to: "home-new/.agent-mesh/config.json")
    let path = scene.place + "/home-new/.agent-mesh" + name
    try FileManager.default.setAttributes([.ownerAccountID: 12_345], ofItemAtPath: path)
    let foreign = try await scene.agentMesh(["config"], as: "new")
    #expect(foreign.status == 1)
    #expect(foreign.errors.contains("chown \"$(id -u)\" '\(path)'"), "\(foreign.errors)")
  }

  @Test func `damaged settings are never lost, and logging in again goes on`() async throws {
    let scene = try await Scene.open()
    let large = "{}" + String(repeating: " ", count: 4 << 20)
    for text in ["{ broken one", "{ broken two", large] {
      try scene.write(text, to: "\(Self.home)/config.json")
      let status = try await scene.agentMesh(["config", "--max-concurrent", "4"])
      #expect(status.status == 1)
      #expect(status.errors.contains("is damaged"))
      #expect(try scene.read("\(Self.home)/config.json") == text)
      let login = try await scene.agentMesh(["login", "--token-stdin"], input: try await scene.token(for: "acme"))
      #expect(login.status == 0, "\(login.errors)")
      #expect(login.errors.contains("config.json.bad-"))
    }
    #expect(try scene.read("\(Self.home)/config.json.bad-1") == "{ broken one")
    #expect(try scene.read("\(Self.home)/config.json.bad-2") == "{ broken two")
    #expect(try scene.read("\(Self.home)/config.json.bad-3") == large)
  }

  @Test func `settings that we do not know survive ours`() async throws {
    let scene = try await Scene.open()
    try scene.write(
      #"{"agents":{"a":{"agentId":"1"}},"runtime":{"max_active_requests":3,"x":true}}"#, to: "\(Self.home)/config.json")
    chmod(scene.place + "/\(Self.home)/config.json", 0o600)
    let changed = try await scene.agentMesh(["config", "--max-concurrent", "7", "--json"])
    #expect(changed.status == 0, "\(changed.errors)")
    let text = try scene.read("\(Self.home)/config.json")
    for part in ["\"agentId\" : \"1\"", "\"max_active_requests\" : 7", "\"x\" : true"] { #expect(text.contains(part)) }
  }

  @Test func `targets that stand where agents do now are found, and the agents there stay`() async throws {
    let scene = try await Scene.open(authors: [])
    let path = "home-new/.agent-mesh/config.json"
    for text in [#"{"agents":["codex"]}"#, #"{"agents":{"a":{"agentId":"1"}},"targets":["codex"]}"#] {
      try scene.write(text, to: path)
      let shown = try await scene.agentMesh(["config", "--json"], as: "new")
      #expect(try shown.json()["targets"] as? [String] == ["codex"], "\(shown.errors)")
      #expect(try scene.read(path) == text)
    }
  }

  @Test func `starting costs no network and writes nothing`() async throws {
    let scene = try await Scene.open(authors: [])
    await scene.registry.stop()
    for command in [["status"], ["--version"], ["config"], ["help"], ["skills", "installed"]] {
      #expect(try await scene.agentMesh(command, as: "new").status == 0, "\(command)")
    }
    #expect(!scene.exists("home-new/.agent-mesh"))
  }

  @Test(arguments: [
    (["skils"], "skills"), (["skills", "instal", "a/b"], "install"),
    (["skills", "publish", "--version"], "Missing value"),
    (["skills", "info", "nope"], "author/slug"), (["--bogus"], "--bogus"), (["login"], "--token-stdin"),
    (["skills", "unpublish", "a/b"], "--yes"), (["skills", "info", "a/b", "--registry", "ftp://x"], "http"),
    (["skills", "install", "a/b@latest"], "leave out"), (["skills", "install", "a/b", "/no/such/folder"], "folder"),
  ])
  func `wrong usage says what would be right, also as JSON`(command: [String], hint: String) async throws {
    let scene = try await Scene.open(authors: [])
    let outcome = try await scene.agentMesh(command + (command.first == "skills" ? [] : ["--json"]), as: "new")
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect((outcome.errors + outcome.output).contains(hint))
    #expect(try outcome.json()["success"] as? Bool == false)
  }

  @Test func `an answer that cannot be written is no success`() async throws {
    let shell = try #require(Program.find("sh"))
    let outcome = try await Program.run(
      shell, ["-c", "\"$0\" status >/dev/full", Program.agentMesh], environment: ["HOME": "/nonexistent"], folder: "/")
    #expect(outcome.status == 1)
  }
}
