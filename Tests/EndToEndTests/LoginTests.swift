import Foundation
import Testing

/// Logging in with the approval of a person elsewhere.
@Suite(.timeLimit(.minutes(5))) struct LoginTests {
  @Test func `an approved login is stored for its registry, readable by its owner alone, and never shown`() async throws
  {
    let registry = StubRegistry()
    let person = try Person()
    let ending = try await person.atTerminal(["login", "--registry", registry.url]) { terminal in
      try await registry.approve(terminal.loginCode())
    }
    #expect(ending.status == 0, "\(ending.transcript)")
    #expect(ending.transcript.contains("Logged in to \(registry.url)"))
    #expect(!ending.transcript.contains(StubRegistry.token))
    let settings = try #require(try person.settings())
    #expect(settings["token"] as? String == StubRegistry.token)
    #expect(settings["registry"] as? String == registry.url)
    let mode = try FileManager.default.attributesOfItem(atPath: person.settingsFile)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let who = try await person.agentMesh(["whoami", "--json"]).json()
    #expect(who["author"] as? String == "acme")
    #expect(who["rights"] as? [String] == ["yank", "call"])
    let status = try await person.agentMesh(["status", "--check"])
    #expect(status.output.contains("yank, call"), "\(status.output)")
    // The questions of a login carry no token, and the others the new one.
    for request in registry.requests {
      let isOfLogin = request.target.hasPrefix("/api/auth/")
      #expect(request.headers["Authorization"] == (isOfLogin ? nil : "Bearer \(StubRegistry.token)"))
    }
  }

  @Test func `a denied login leaves nothing, and says so`() async throws {
    let registry = StubRegistry()
    let person = try Person()
    let ending = try await person.atTerminal(["login", "--registry", registry.url]) { terminal in
      try await registry.deny(terminal.loginCode())
    }
    #expect(ending.status == 3, "\(ending.transcript)")
    #expect(ending.transcript.contains("was denied"))
    #expect(try person.settings() == nil)
  }

  @Test func `a code that nobody approves in time ends the login, and a program learns why`() async throws {
    let registry = StubRegistry(.init(lifetime: 0))
    let person = try Person()
    let outcome = try await person.agentMesh(["login", "--no-browser", "--json", "--registry", registry.url])
    #expect(outcome.status == 3, "\(outcome.errors)")
    let answer = try outcome.json()
    #expect(answer["error"] as? String == "expired_token")
    #expect((answer["hint"] as? String)?.hasSuffix("agent-mesh login --registry \(registry.url)") == true)
    #expect(try person.settings() == nil)
  }

  @Test func `Ctrl-C ends the wait for an approval, and nothing is stored`() async throws {
    let registry = StubRegistry()
    let person = try Person()
    let ending = try await person.atTerminal(["login", "--registry", registry.url]) { terminal in
      _ = try await terminal.loginCode()
      terminal.pressControlC()
    }
    #expect(ending.status == 130, "\(ending.transcript)")
    #expect(registry.requests.first?.target == "/api/auth/device")
    #expect(try person.settings() == nil)
  }

  @Test func `without a terminal --no-browser shows the code on stderr, and stdout is JSON`() async throws {
    let registry = StubRegistry(.init(approvesAll: true))
    let person = try Person()
    let outcome = try await person.agentMesh(
      ["login", "--no-browser", "--json", "--quiet", "--registry", registry.url])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(registry.requests.map(\.target).last == "/api/user/profile")
    #expect(outcome.errors.contains("BCDF-GHJ"))
    #expect(try outcome.json()["author"] as? String == "acme")
    #expect(!(outcome.output + outcome.errors).contains(StubRegistry.token))
  }

  @Test func `a registry without logins in a browser is told how to log in instead`() async throws {
    let scene = try await Scene.open(authors: [])
    let outcome = try await Person().agentMesh(["login", "--no-browser", "--registry", scene.registry.url + "/nowhere"])
    #expect(outcome.status == 4, "\(outcome.errors)")
    #expect(outcome.errors.contains("no login in a browser"))
    #expect(outcome.errors.contains("\n  agent-mesh login --registry \(scene.registry.url)/nowhere --token-stdin\n"))
  }

  @Test func `a login beside another one says so, and each registry keeps its token`() async throws {
    let (first, second) = (StubRegistry(), StubRegistry())
    let person = try Person()
    for (registry, token) in [(first, "ah_first"), (second, "ah_second")] {
      let login = try await person.agentMesh(["login", "--token-stdin", "--registry", registry.url], input: token)
      #expect(login.status == 0 && !login.errors.contains("already"), "\(login.errors)")
    }
    let again = ["login", "--token-stdin", "--registry", second.url]
    #expect(try await person.agentMesh(again, input: "ah_third").errors.contains("logged in to \(second.url) already"))
    #expect(try await !person.agentMesh(again + ["--force"], input: "ah_third").errors.contains("already"))
    let status = try await person.agentMesh(["status", "--json"]).json()
    #expect(status["registry"] as? String == first.url)
    #expect(status["others"] as? [String] == [second.url])
    for url in [first.url, second.url] {
      #expect(try await person.agentMesh(["whoami", "--registry", url]).status == 0)
    }
    #expect(first.requests.last?.headers["Authorization"] == "Bearer ah_first")
    #expect(second.requests.last?.headers["Authorization"] == "Bearer ah_third")
    #expect(try await person.agentMesh(["logout", "--registry", second.url]).status == 0)
    #expect(try await person.agentMesh(["whoami"]).status == 0)
    #expect(try await person.agentMesh(["whoami", "--registry", second.url]).status == 3)
  }

  @Test func `the token of a variable goes to no other registry than the one of the variable beside it`() async throws {
    let (meant, other) = (StubRegistry(), StubRegistry())
    let variables = ["AGENT_MESH_TOKEN": "ah_secret", "AGENT_MESH_REGISTRY": meant.url]
    let person = try Person(variables)
    #expect(try await person.agentMesh(["whoami"]).status == 0)
    #expect(try await person.agentMesh(["whoami", "--registry", other.url]).status == 3)
    let list = try await person.agentMesh(["skills", "list", "--registry", other.url])
    #expect(list.errors.contains("AGENT_MESH_TOKEN was not sent"), "\(list.errors)")
    #expect(meant.requests.map { $0.headers["Authorization"] } == ["Bearer ah_secret"])
    #expect(other.requests.map { $0.headers["Authorization"] } == [nil])
  }
}
