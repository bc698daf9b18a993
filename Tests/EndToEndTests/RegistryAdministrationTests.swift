import Foundation
import TestSupport
import Testing

/// The registry's command line as an operator uses it.
@Suite struct RegistryAdministrationTests {
  @Test func `a token that nobody has any more is found in the list and ended, and no list shows a secret`()
    async throws
  {
    let scene = try await Scene.open()
    let secret = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    let list = try await scene.administer(["token", "list", "--author", "acme"])
    #expect(list.status == 0, "\(list.errors)")
    let lines = list.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(!list.output.contains("ah_"))
    #expect(!list.output.contains(secret.dropFirst(3)))
    let id = try #require(lines.last?.split(separator: "\t").first)
    let revoked = try await scene.administer(["token", "revoke", "--author", "acme", "--id", String(id)])
    #expect(revoked.status == 0, "\(revoked.errors)")
    let header = ["-H", "Authorization: Bearer \(secret)", "-o", "/dev/null", "-w", "%{http_code}"]
    #expect(try await scene.curl("/api/user/profile", header).output == "401")
    #expect(try await scene.administer(["token", "revoke", "--author", "acme", "--id", String(id)]).status == 1)
    #expect(try await scene.administer(["token", "revoke", "--author", "acme", "--all"]).status == 0)
    #expect(try await scene.administer(["token", "list", "--author", "nobody"]).status == 1)
    for odd in [["--id", "1"], ["--all"], ["--author", "acme"], ["--author", "acme", "--all", "--id", "1"]] {
      #expect(try await scene.administer(["token", "revoke"] + odd).status == 64, "\(odd)")
    }
  }

  @Test func `check says as JSON what is wrong, also where the database cannot be opened`() async throws {
    let scene = try await Scene.open()
    try scene.skill("one")
    #expect(try await scene.agentMesh(["skills", "publish", "one"]).status == 0)
    #expect(try await scene.administer(["check", "--json"]).json()["faults"] as? [String] == [])
    await scene.registry.stop()
    for name in ["registry.sqlite", "registry.sqlite-wal"] {
      try scene.write(String(repeating: "x", count: 8_192), to: "registry-data/\(name)")
    }
    let check = try await scene.administer(["check", "--json"])
    #expect(check.status == 1)
    #expect((try check.json()["faults"] as? [String])?.count == 1, "\(check.output)")
    #expect(try check.json()["blobs"] as? Int == 1)
  }

  @Test func `an invitation is a link that leads to a page of the registry`() async throws {
    let scene = try await Scene.open()
    let address = try #require(scene.registry.url.split(separator: "/").last.map(String.init))
    let invited = try await scene.administer(["account", "invite", "newcomer", "--listen", address])
    #expect(invited.status == 0, "\(invited.errors)")
    let link = invited.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(link.wholeMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+\/link\/[0-9A-Za-z]{43}/) != nil, "\(link)")
    let path = String(link.dropFirst(scene.registry.url.count))
    let page = try await scene.curl(path, ["-o", "/dev/null", "-w", "%{http_code}"])
    #expect(page.output == "200")
    #expect(try await scene.administer(["account", "reset", "nobody"]).status == 1)
    #expect(try await scene.administer(["account", "invite", "login"]).status == 1)
  }

  @Test func `Markdown that needs too much is given up, and what does not comes out as HTML`() async throws {
    func render(_ text: String) async throws -> Outcome {
      let paths = ["version": ["acme", "tool", "1.0.0"]]
      let links: [String: Any] = ["paths": paths, "folder": ["docs"], "files": ["a.md"]]
      let source: [String: Any] = ["text": text, "links": links]
      let input = try JSONSerialization.data(withJSONObject: source)
      return try await Program.run(
        Program.registry, ["render-markdown"], environment: ["PATH": "/usr/bin:/bin"], folder: "/",
        input: String(decoding: input, as: UTF8.self))
    }
    let good = try await render("*one* [a](../a.md)")
    let link = "<a href=\"/authors/acme/skills/tool/versions/1.0.0/files/a.md\">a</a>"
    #expect(good.status == 0 && good.output == "<p><em>one</em> \(link)</p>\n", "\(good.errors)")
    // Every short row is filled up to as many cells as the first one has.
    let heads = String(repeating: "|x", count: 4_000) + "|\n" + String(repeating: "|-", count: 4_000) + "|\n"
    let hostile = try await render(heads + String(repeating: "|a\n", count: 4_000))
    #expect(hostile.status != 0)
  }

  @Test func `a host that is none is named in a sentence`() async throws {
    let scene = try await Scene.open()
    await scene.registry.stop()
    let serve = try await scene.administer(["serve", "--listen", "nohost.invalid:0"])
    #expect(serve.status == 1)
    #expect(serve.errors.contains("cannot listen on nohost.invalid:0: there is no such host"), "\(serve.errors)")
  }

  @Test(.enabled(if: Program.find("strace") != nil))
  func `a folder of archives that another process made is synced before it is used`() async throws {
    let scene = try await Scene.open()
    try scene.skill("synced")
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    await scene.registry.stop()
    // As a publish leaves them that was killed right after making its folder.
    for group in 0..<256 {
      let name = String(group, radix: 16)
      try FileManager.default.createDirectory(
        atPath: scene.place + "/registry-data/blobs/sha256/" + (name.count == 1 ? "0" + name : name),
        withIntermediateDirectories: true)
    }
    let log = scene.place + "/syncs"
    let server = try await Registry.start(
      data: scene.registry.data,
      wrapper: [
        try #require(Program.find("strace")), "-D", "-f", "-y", "-qq", "-o", log, "-e", "trace=fsync,renameat",
      ])
    var environment = scene.environment(of: "acme")
    environment["AGENT_MESH_REGISTRY"] = server.url
    environment["AGENT_MESH_TOKEN"] = token
    let publish = try await Program.run(
      Program.agentMesh, ["skills", "publish", "synced"], environment: environment, folder: scene.place)
    #expect(publish.status == 0, "\(publish.errors)")
    await server.stop()
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    let rename = try #require(calls.lastIndex { $0.contains("renameat(") && $0.contains("/sha256/") })
    // Once at the start, for its own name is that of `blobs`; here for the names in it.
    #expect(calls[..<rename].contains { $0.contains("fsync(") && $0.contains("/blobs/sha256>") })
  }
}
