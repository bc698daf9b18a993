import Foundation
import Testing

/// Both programs from an empty folder to a skill that somebody else has, with the forms of the pages and no operator.
@Suite(.enabled(if: Program.find("curl") != nil), .timeLimit(.minutes(5))) struct FirstRoadTests {
  @Test func `the link of a fresh registry leads to a skill that somebody else installs, and a login ends for good`()
    async throws
  {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser("ada")
    let ada = try Person(["AGENT_MESH_REGISTRY": registry.url])
    #expect(try await ada.logIn(at: registry, in: browser).status == 0)
    let token = try #require(try ada.settings()?["token"] as? String)
    #expect(token.wholeMatch(of: /ah_[0-9A-Za-z]+/) != nil)
    #expect(try await ada.agentMesh(["whoami"]).output == "ada\n")
    #expect(try await ada.agentMesh(["status", "--check"]).output.contains("yes, as ada"))

    let made = try await ada.agentMesh([
      "skills", "init", "reviewer", "--description", "Reads changes. Use it before every commit.",
    ])
    #expect(made.status == 0, "\(made.errors)")
    let published = try await ada.agentMesh(["skills", "publish", "reviewer"])
    #expect(published.status == 0, "\(published.errors)")
    let link = try #require(try published.json()["url"] as? String)
    #expect(link == registry.url + "/authors/ada/skills/reviewer")
    let page = try await FormBrowser(at: registry.url).get(link)
    #expect(page.status == 200)
    for text in ["agent-mesh skills install ada/reviewer", "Reads changes."] {
      #expect(page.text.contains(text), "\(text)")
    }

    let friend = try Person(["AGENT_MESH_REGISTRY": registry.url])
    try friend.folder.folder("project")
    let installed = try await friend.agentMesh(["skills", "install", "ada/reviewer", "project"])
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(
      try friend.folder.bytes("project/.agents/skills/reviewer/SKILL.md") == ada.folder.bytes("reviewer/SKILL.md"))

    #expect(try await ada.agentMesh(["logout", "--revoke"]).status == 0)
    #expect(try ada.settings()?["token"] == nil)
    let late = try await Person(["AGENT_MESH_REGISTRY": registry.url, "AGENT_MESH_TOKEN": token])
      .agentMesh(["whoami", "--json"])
    #expect(late.status == 3)
    #expect(try late.json()["error"] as? String == "unauthorized")
  }

  @Test func `who approves sees what asks and from where, and types the code also with the complete link`() async throws
  {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser("ada")
    let person = try Person()
    let ending = try await person.atTerminal(["login", "--registry", registry.url]) { terminal in
      let code = try await terminal.loginCode()
      let complete = "\(registry.url)/auth/device?code=\(code)"
      #expect(terminal.transcript.contains(complete))
      let stranger = try await FormBrowser(at: registry.url).get(complete)
      #expect(stranger.status == 303 && stranger.location.contains("/login"))
      let asked = try await browser.get(complete)
      #expect(asked.status == 200 && !asked.text.contains(code))
      let (shown, said) = try await browser.decide("approve", on: code.lowercased())
      for text in ["agent-mesh on", "127.0.0.1", "ada", "publish new skills"] {
        #expect(shown.text.contains(text), "\(text)")
      }
      #expect(said.status == 200)
    }
    #expect(ending.status == 0, "\(ending.transcript)")
  }

  @Test func `where nobody is at a terminal a login is approved elsewhere, or refused with the ways that there are`()
    async throws
  {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser("ada")
    let person = try Person(["AGENT_MESH_REGISTRY": registry.url])
    let refused = try await person.agentMesh(["login"])
    #expect(refused.status == 2)
    for way in ["--token-stdin", "--no-browser"] { #expect(refused.errors.contains(way), "\(refused.errors)") }

    let errors = person.folder["errors"].string
    let login = try RunningProcess(
      ["/bin/sh", "-c", #"exec "$@" 2>"$0""#, errors, Program.agentMesh, "login", "--no-browser"],
      environment: person.environment, folder: person.folder.path.string)
    let code = try await until("no code on stderr") {
      FileManager.default.contents(atPath: errors).flatMap { data in
        String(decoding: data, as: UTF8.self).firstMatch(of: /[B-Z]{4}-[B-Z]{4}\n/).map { String($0.output.dropLast()) }
      }
    }
    _ = try await browser.decide("approve", on: code)
    await login.end()
    #expect(login.exitStatus == 0)
    #expect(try await person.agentMesh(["whoami"]).output == "ada\n")
  }

  @Test func `logins to several registries stand side by side, and one ends without the other`() async throws {
    let (first, second) = (try await FreshRegistry.start(), try await FreshRegistry.start())
    let person = try Person()
    for (registry, handle) in [(first, "ada"), (second, "grace")] {
      let browser = try await registry.operatorBrowser(handle)
      let login = try await person.logIn(at: registry, in: browser)
      #expect(login.status == 0, "\(login.transcript)")
      #expect(try await person.agentMesh(["whoami", "--registry", registry.url]).output == handle + "\n")
    }
    let status = try await person.agentMesh(["status", "--check", "--json"]).json()
    #expect(status["registry"] as? String == first.url)
    #expect(status["author"] as? String == "ada")
    #expect(status["others"] as? [String] == [second.url])
    #expect(try await person.agentMesh(["logout", "--revoke", "--registry", second.url]).status == 0)
    #expect(try await person.agentMesh(["whoami", "--registry", second.url]).status == 3)
    #expect(try await person.agentMesh(["whoami"]).output == "ada\n")
  }

  @Test func `a token with fewer rights does what it is for, and a refusal names the right that it lacks`() async throws
  {
    let registry = try await FreshRegistry.start()
    let ada = try Person(["AGENT_MESH_REGISTRY": registry.url])
    #expect(try await ada.logIn(at: registry, in: registry.operatorBrowser("ada")).status == 0)
    try ada.writeSkill("reviewer")
    #expect(try await ada.agentMesh(["skills", "publish", "reviewer"]).status == 0)
    let made = try await ada.agentMesh(["tokens", "create", "ci", "--right", "publish:update", "--skill", "ada/*"])
    #expect(made.status == 0, "\(made.errors)")
    let secret = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let list = try await ada.agentMesh(["tokens", "list"])
    #expect(list.output.contains("publish:update") && !list.output.contains(secret), "\(list.output)")

    let pipeline = try Person(["AGENT_MESH_REGISTRY": registry.url, "AGENT_MESH_TOKEN": secret])
    try pipeline.writeSkill("reviewer", version: "1.1.0")
    try pipeline.writeSkill("writer")
    let update = try await pipeline.agentMesh(["skills", "publish", "reviewer"])
    #expect(update.status == 0, "\(update.errors)")
    let refusals = [
      (["skills", "publish", "writer"], "publish:new"), (["skills", "yank", "ada/reviewer@1.0.0"], "yank"),
      (["tokens", "create", "more", "--right", "yank"], "manage"),
    ]
    for (words, right) in refusals {
      let refused = try await pipeline.agentMesh(words)
      #expect(refused.status == 3, "\(words): \(refused.errors)")
      #expect(refused.errors.contains(right), "\(words): \(refused.errors)")
      // Not 'tokens create': a token makes none with a right that it lacks.
      #expect(refused.errors.contains("agent-mesh login"), "\(words): \(refused.errors)")
    }
  }
}
