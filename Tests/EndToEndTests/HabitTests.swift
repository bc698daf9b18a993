import Foundation
import TestSupport
import Testing

/// What people expect who know other package managers.
@Suite(.timeLimit(.minutes(5))) struct HabitTests {
  @Test func `a later login leaves the default registry alone, unless it is asked to change it`() async throws {
    let (first, second) = (try await Scene.open(), try await Scene.open())
    let there = ["--registry", second.registry.url]
    func run(_ arguments: [String], input: String = "") async throws -> Outcome {
      var environment = first.environment(of: "acme")
      environment["AGENT_MESH_REGISTRY"] = nil
      return try await Program.run(
        Program.agentMesh, arguments, environment: environment, folder: first.place, input: input)
    }
    func standard() async throws -> String? { try await run(["status", "--json"]).json()["registry"] as? String }
    #expect(try await standard() == first.registry.url)
    let token = try await second.token(for: "acme")
    let login = try await run(["login", "--token-stdin"] + there, input: token)
    #expect(login.status == 0, "\(login.errors)")
    #expect(login.output.contains("The default registry is still \(first.registry.url)"), "\(login.output)")
    #expect(try await standard() == first.registry.url)
    #expect(try await run(["whoami"] + there).output == "acme\n")
    #expect(try await run(["login", "--token-stdin", "--default"] + there, input: token).status == 0)
    #expect(try await standard() == second.registry.url)
    #expect(try await run(["whoami", "--registry", first.registry.url]).output == "acme\n")
  }

  @Test func `a token for a host that is not found is stored only when nobody wants a check`() async throws {
    let scene = try await Scene.open(authors: [])
    // No resolver takes a label of more than 63 characters.
    let address = "https://\(String(repeating: "a", count: 64)).example"
    let login = ["login", "--registry", address, "--token", "made-up"]
    let refused = try await scene.agentMesh(login + ["--json"], as: "new")
    #expect(refused.status == 6, "\(refused.errors)")
    #expect(try refused.json()["error"] as? String == "host_not_found")
    #expect(!scene.exists("home-new/.agent-mesh/config.json"))
    let stored = try await scene.agentMesh(login + ["--no-verify"], as: "new")
    #expect(stored.status == 0, "\(stored.errors)")
    #expect(stored.output.contains("without a check"))
  }

  @Test func `a failure is an error and a hint, with its command on a line of its own`() async throws {
    let scene = try await Scene.open(authors: [])
    let outcome = try await scene.agentMesh(["whoami"], as: "new")
    #expect(outcome.status == 3)
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    #expect(lines.first == "error: not logged in to \(scene.registry.url)")
    #expect(lines.dropFirst().first == "hint: Log in first:")
    #expect(lines.last == "  agent-mesh login --registry \(scene.registry.url)")
    #expect(!outcome.errors.contains(/\d\d:\d\d:\d\d/))
  }

  @Test(arguments: [
    (["diff", "none"], "hint: A skill of a registry is written as author/slug. See:", "agent-mesh skills installed"),
    (["diff", "acme/none"], "hint: Name two versions:", "agent-mesh skills diff acme/none <from> <to>"),
    (["unpin", "held"], "hint: See:", "agent-mesh skills tree"),
  ])
  func `the command of a hint is the last line, as it is typed`(words: [String], hint: String, command: String)
    async throws
  {
    let scene = try await Scene.open()
    try scene.skill("held")
    #expect(try await scene.agentMesh(["skills", "publish", "held"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "install", "acme/held"]).status == 0)
    let lines = try await scene.agentMesh(["skills"] + words).errors.split(separator: "\n").map(String.init)
    #expect(Array(lines.suffix(2)) == [hint, "  " + command])
  }

  @Test func `quiet says nothing of success, and verbose names the requests`() async throws {
    let scene = try await Scene.open()
    #expect(try await scene.agentMesh(["skills", "publish", try scene.skill("calm")]).status == 0)
    let loud = try scene.skill("loud")
    for (words, person) in [
      (["install", "acme/calm", try scene.project()], "user"), (["pack", loud], "acme"), (["publish", loud], "acme"),
      (["yank", "acme/loud@1.0.0"], "acme"),
    ] {
      let quiet = try await scene.agentMesh(["skills"] + words + ["--human", "-q"], as: person)
      #expect(quiet.status == 0, "\(quiet.errors)")
      #expect(quiet.output + quiet.errors == "", "\(words)")
    }
    let plan = try await scene.agentMesh(["skills", "pack", loud, "--dry-run", "--human", "-q"])
    #expect(plan.output.contains("SKILL.md"), "\(plan.errors)")
    #expect(try await scene.agentMesh(["skills", "list", "--human", "-q"]).output.contains("calm"))
    let verbose = try await scene.agentMesh(["skills", "info", "acme/calm", "--verbose"], as: "user")
    #expect(verbose.errors.contains("debug: GET \(scene.registry.url)/api/skills/acme/calm 200"), "\(verbose.errors)")
    #expect(try await scene.agentMesh(["skills", "list", "-q", "--verbose"]).status == 2)
  }

  @Test func `a lock is checked against its manifest`() async throws {
    let scene = try await Scene.open()
    #expect(try await scene.agentMesh(["skills", "publish", try scene.skill("held")]).status == 0)
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "lock", "--check", project]).status == 4)
    #expect(try await scene.agentMesh(["skills", "install", "acme/held", project]).status == 0)
    let good = try await scene.agentMesh(["skills", "lock", "--check", project])
    #expect(good.status == 0, "\(good.errors)")
    #expect(try good.json()["skills"] as? Int == 1)
    try scene.write(#"{"format":1,"skills":{"acme/held":"^7"}}"#, to: "project/skills.json")
    let lock = try scene.read("project/skills.lock")
    let stale = try await scene.agentMesh(["skills", "lock", "--check", project])
    #expect(stale.status == 5)
    #expect(try stale.json()["error"] as? String == "lock_mismatch")
    #expect(try scene.read("project/skills.lock") == lock)
    let unchecked = try await scene.agentMesh(["skills", "lock", project])
    #expect(unchecked.status == 2)
    #expect((unchecked.output + unchecked.errors).contains("agent-mesh skills install"), "\(unchecked.errors)")
    try FileManager.default.removeItem(atPath: scene.place + "/project/skills.json")
    let alone = try await scene.agentMesh(["skills", "lock", "--check", project])
    #expect(alone.status == 4)
    #expect(try alone.json()["error"] as? String == "not_found")
  }

  @Test(arguments: ["install", "pack", "outdated"])
  func `help finds a command wherever it lies`(command: String) async throws {
    let scene = try await Scene.open(authors: [])
    let short = try await scene.agentMesh(["help", command])
    #expect(short.status == 0)
    #expect(short.output == (try await scene.agentMesh(["help", "skills", command]).output))
    #expect(short.output.contains("USAGE: agent-mesh skills \(command)"))
  }

  @Test func `help finds a command in a group by the words behind the group`() async throws {
    let scene = try await Scene.open(authors: [])
    let full = try await scene.agentMesh(["help", "skills", "registry", "move"]).output
    for words in [["registry", "move"], ["move"], ["skills", "move"]] {
      let short = try await scene.agentMesh(["help"] + words)
      #expect(short.status == 0, "\(words): \(short.errors)")
      #expect(short.output == full)
    }
    #expect(try await scene.agentMesh(["help", "registry", "moove"]).status == 2)
  }

  @Test func `info has publisher, size, dependencies and the reason of a yank`() async throws {
    let scene = try await Scene.open()
    for skill in [try scene.skill("base"), try scene.skill("top", needs: "acme/base@^1")] {
      #expect(try await scene.agentMesh(["skills", "publish", skill]).status == 0)
    }
    let yank = ["skills", "yank", "acme/top@1.0.0", "--reason", "loses data"]
    #expect(try await scene.agentMesh(yank).status == 0)
    let info = try await scene.agentMesh(["skills", "info", "acme/top@1.0.0", "--human"], as: "user").output
    for text in ["publisher    acme", "1 file", "dependencies acme/base@^1", "(yanked: loses data)"] {
      #expect(info.contains(text), "\(info)")
    }
    let json = try await scene.agentMesh(["skills", "info", "acme/top@1.0.0"], as: "user").json()
    #expect(json["dependencies"] as? [String] == ["acme/base@^1"])
    #expect(json["reason"] as? String == "loses data")
    #expect((json["size"] as? Int ?? 0) > 0)
  }
}
