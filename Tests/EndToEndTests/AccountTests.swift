import Foundation
import Testing

/// Tokens, the profile and subscriptions from the command line.
@Suite struct AccountTests {
  /// Somebody who is logged in.
  private func person(at registry: StubRegistry) throws -> Person {
    try Person(["AGENT_MESH_REGISTRY": registry.url, "AGENT_MESH_TOKEN": "ah_own"])
  }

  private func changes(in registry: StubRegistry) -> [String] {
    registry.requests.filter { $0.method != "GET" }.map { "\($0.method) \($0.target)" }
  }

  @Test func `a new token stands alone on stdout, with the rights and patterns that were asked for`() async throws {
    let registry = StubRegistry()
    let person = try person(at: registry)
    let create = [
      "tokens", "create", "ci", "--right", "publish:update", "--right", "yank", "--skill", "acme/*", "--days", "30",
    ]
    let made = try await person.agentMesh(create)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output == StubRegistry.newToken + "\n")
    #expect(!made.errors.contains(StubRegistry.newToken))
    let sent = String(decoding: try #require(registry.requests.last).body, as: UTF8.self)
    #expect(
      sent == #"{"expires_in_days":30,"name":"ci","rights":["publish:update","yank"],"skills":["acme/*"]}"#)
    let answer = try await person.agentMesh(create + ["--json", "--quiet"])
    #expect(try answer.json()["secret"] as? String == StubRegistry.newToken)
    #expect(answer.errors.isEmpty)
  }

  @Test(arguments: [
    (["ci"], "--right"), (["ci", "--right", "publish"], "publish:new"), (["--right", "yank"], "name"),
    (["ci", "--right", "yank", "--days", "-1"], "--days"), (["ci", "--right", "yank", "--days", "40000"], "--days"),
  ])
  func `a token that cannot be asked for is refused here, with what would be right`(
    words: [String], hint: String
  ) async throws {
    let registry = StubRegistry()
    let outcome = try await person(at: registry).agentMesh(["tokens", "create"] + words)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(hint), "\(outcome.errors)")
    #expect(registry.requests.isEmpty)
  }

  @Test func `tokens are listed with their numbers, and revoked by them`() async throws {
    let registry = StubRegistry()
    let person = try person(at: registry)
    let list = try await person.agentMesh(["tokens", "list"])
    for text in ["7", "ci (this one)", "publish:update", "acme/*", "never"] {
      #expect(list.output.contains(text), "\(list.output)")
    }
    // What it may do with agents is nothing.
    #expect(!list.output.contains("acme/*,"), "\(list.output)")
    let revoked = try await person.agentMesh(["token", "revoke", "7", "--json"])
    #expect(try revoked.json()["id"] as? Int == 7, "\(revoked.errors)")
    #expect(changes(in: registry) == ["DELETE /api/settings/cli-tokens/7"])
    #expect(try await person.agentMesh(["tokens", "revoke", "8"]).status == 4)
  }

  @Test func `a token in the place of a number goes nowhere and is not repeated`() async throws {
    let registry = StubRegistry()
    let outcome = try await person(at: registry).agentMesh(["tokens", "revoke", StubRegistry.token])
    #expect(outcome.status == 2)
    #expect(!(outcome.output + outcome.errors).contains(StubRegistry.token))
    #expect(registry.requests.isEmpty)
  }

  @Test func `an author is followed by name, and no more`() async throws {
    let registry = StubRegistry()
    let person = try person(at: registry)
    for command in ["subscribe", "unsubscribe"] {
      let outcome = try await person.agentMesh([command, "friend", "--json"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try outcome.json()["subscribed"] as? Bool == (command == "subscribe"))
    }
    #expect(registry.requests.first?.target == "/api/authors/resolve?login=friend")
    #expect(changes(in: registry) == ["POST /api/authors/a1/subscribe", "DELETE /api/authors/a1/subscribe"])
    let list = try await person.agentMesh(["subscriptions"])
    for text in ["friend", "A Friend", "2026-01-01", "\(registry.url)/authors/friend/feed.atom"] {
      #expect(list.output.contains(text), "\(list.output)")
    }
    #expect(try await person.agentMesh(["subscribe", "../x"]).status == 2)
  }

  @Test func `the address of the login is shown to others only with a warning`() async throws {
    let registry = StubRegistry()
    let outcome = try await person(at: registry).agentMesh(["profile", "copy-login-email"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("everybody can see \(StubRegistry.email)"))
    #expect(changes(in: registry) == ["PATCH /api/user/profile"])
  }

  @Test(arguments: [
    ["tokens", "list"], ["tokens", "create", "ci", "--right", "yank"], ["tokens", "revoke", "7"], ["subscriptions"],
    ["subscribe", "friend"], ["unsubscribe", "friend"], ["profile", "copy-login-email"], ["whoami"],
  ])
  func `without a login the way to one is shown, and nothing is asked`(words: [String]) async throws {
    let registry = StubRegistry()
    let outcome = try await Person(["AGENT_MESH_REGISTRY": registry.url]).agentMesh(words)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("agent-mesh login --registry \(registry.url)"), "\(outcome.errors)")
    #expect(registry.requests.isEmpty)
  }

  @Test func `the status without a login shows the way to one, and asks nobody`() async throws {
    let registry = StubRegistry()
    let outcome = try await Person(["AGENT_MESH_REGISTRY": registry.url]).agentMesh(["status"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("agent-mesh login --registry \(registry.url)"), "\(outcome.output)")
    #expect(registry.requests.isEmpty)
  }
}
