import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

/// Tokens that are made, listed and ended with another token.
@Suite struct TokenRouteTests {
  @Test func `our own client makes, lists and ends tokens, and a secret is shown once`() async throws {
    let server = try await TestServer.start()
    let own = try await server.newToken(of: server.signUp("ada"))
    let client = try server.client(token: own)
    let made = try await client.createToken(
      TokenRequest(name: "ci", rights: ["yank", "call"], skills: ["ada/*"], agents: [], expiresInDays: 30))
    #expect(made.secret.wholeMatch(of: /ah_[0-9A-Za-z]{40}/) != nil)
    #expect(made.token.name == "ci" && made.token.rights == ["yank", "call"])
    #expect(made.token.skills == ["ada/*"] && made.token.agents.isEmpty)
    let listed = try await client.tokens()
    #expect(listed.map(\.name) == ["test", "ci"])
    #expect(listed.map(\.isCurrent) == [true, false])
    let list = try await server.send(.get, Route.tokens.rawValue, token: own)
    #expect(list.headers["Cache-Control"] == "private, no-store")
    for secret in [made.secret, own] { #expect(!list.text.contains(secret)) }
    let profile = try await server.client(token: made.secret).profile()
    #expect(profile.author == "ada" && profile.email == nil && profile.authorEmail == nil)
    #expect(try await client.profile().email == "ada@example.org")
    #expect(profile.rights == ["yank", "call"] && profile.skills == ["ada/*"] && profile.agents == [])
    #expect(profile.tokenExpiresAt != nil)

    try await client.revokeToken(made.token.id)
    #expect(try await client.tokens().map(\.name) == ["test"])
    #expect(try await server.send(.get, Route.profile.rawValue, token: made.secret).status == 401)
    await #expect { try await client.revokeToken(made.token.id) } throws: { ($0 as? MeshError)?.code == .notFound }
  }

  @Test func `nobody ends the token of somebody else, or learns that there is one`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.client(token: server.newToken(of: server.signUp("ada")))
    let bob = try await server.newToken(of: server.signUp("bob"))
    let id = try #require(try await ada.tokens().first?.id)
    let others = try await server.send(.delete, Route.token.path(["\(id)"]), token: bob)
    let nobodys = try await server.send(.delete, Route.token.path(["4711"]), token: bob)
    #expect(others.status == 404 && nobodys.status == 404)
    #expect(try others.json()["message"] as? String == "there is no token \(id) in use")
    #expect(try await server.send(.delete, Route.token.path(["x"]), token: bob).status == 404)
    #expect(try await ada.tokens().count == 1)
  }

  private static let refusals: [(body: String, status: Int)] = [
    (#"{"name":"x","rights":["call"]}"#, 403), (#"{"name":"x","rights":["yank"],"skills":["*"]}"#, 403),
    (#"{"name":"x","rights":["yank"],"skills":["bob/*"]}"#, 403),
    (#"{"name":"x","rights":["yank"],"agents":["ada/*"]}"#, 403),
    (#"{"name":"x","rights":["yank"],"expires_in_days":11}"#, 403),
    (#"{"name":"x","rights":["yank"],"expires_in_days":0}"#, 403),
    (#"{"name":"x","rights":["yank"],"expires_in_days":-1}"#, 422),
    (#"{"name":"x","rights":["yank"],"expires_in_days":36501}"#, 422), (#"{"name":"x","rights":["root"]}"#, 422),
    (#"{"name":"x","rights":[]}"#, 422), (#"{"name":" ","rights":["yank"]}"#, 422),
    (#"{"name":"\#(String(repeating: "x", count: 81))","rights":["yank"]}"#, 422),
    (#"{"name":"x","rights":["yank"],"skills":["ada"]}"#, 422),
    (#"{"name":"x","rights":["yank"],"skills":["ada/x"\#(String(repeating: #","ada/x""#, count: 50))]}"#, 422),
    (#"{"name":"x"}"#, 400), (#"{"name":"x","rights":"yank"}"#, 400), ("", 400),
  ]

  @Test(arguments: refusals)
  func `a token has no more than the one that makes it, and no more than one can have`(
    body: String, status: Int
  ) async throws {
    let server = try await TestServer.start()
    let scope = TokenScope(rights: [.manage, .yank], skills: [try ResourcePattern(parsing: "ada/*")], agents: [])
    let maker = try await server.newToken(of: server.signUp("ada"), scope, days: 10)
    let answer = try await server.send(
      .post, Route.tokens.rawValue, headers: ["Content-Type": "application/json"], body: .bytes(Array(body.utf8)),
      token: maker)
    #expect(answer.status == status, "\(answer.text)")
    #expect(try await server.client(token: maker).tokens().count == 1)
  }

  @Test func `what is left out comes from the token that asks, and 90 days from nowhere else`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.signUp("ada")
    let request = TokenRequest(name: "x", rights: ["yank"])
    let scope = TokenScope(rights: [.manage, .yank], skills: [try ResourcePattern(parsing: "ada/*")], agents: [])
    let short = try await server.client(token: server.newToken(of: ada, scope, days: 10))
    let made = try await short.createToken(request).token
    #expect(made.skills == ["ada/*"] && made.agents.isEmpty)
    #expect(try await short.tokens().first?.expiresAt == made.expiresAt)
    let endless = try await server.client(token: server.newToken(of: ada))
    let standard = try #require(try await endless.createToken(request).token.expiresAt)
    #expect(abs(standard.timeIntervalSince(server.clock.now) - 90 * 86_400) < 3_600)
    let forEver = try await endless.createToken(TokenRequest(name: "x", rights: ["yank"], expiresInDays: 0))
    #expect(forEver.token.expiresAt == nil)
  }

  @Test func `an author has so many tokens in use, and those that ended do not count`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.signUp("ada")
    let own = try await server.newToken(of: ada)
    let made = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 1..<Accounts.maximumTokens { group.addTask { try await server.newToken(of: ada) } }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    let request = TokenRequest(name: "one too many", rights: ["yank"])
    let refused = try await server.sendJSON(.post, Route.tokens.rawValue, request, token: own)
    #expect(refused.status == 409, "\(refused.text)")
    #expect(try await server.send(.delete, Route.ownToken.rawValue, token: made[0]).status == 204)
    #expect(try await server.sendJSON(.post, Route.tokens.rawValue, request, token: own).status == 201)
  }
}
