import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

/// Tokens, sessions, devices and one-time links as people have them in a browser.
@Suite struct PersonPageTests {
  @Test(arguments: [
    ("name", ""), ("days", "0"), ("days", "3651"), ("days", "soon"), ("skills", ""), ("skills", "ada/**"),
    ("skills", Array(repeating: "ada/tool", count: TokenRequest.maximumPatterns + 1).joined(separator: ",")),
  ])
  func `a token with something wrong is not made, and what was typed is kept`(
    field: String, text: String
  ) async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let right = [("name", "CI"), ("days", "30"), ("skills", "ada/*"), ("agents", "*")]
    let typed = right.map { ($0.0, $0.0 == field ? text : $0.1) }
    let page = try await browser.submit("/settings/tokens", typed + [("right", "yank")])
    #expect(page.status == 422)
    #expect(page.ids.filter { $0.hasSuffix("-fault") } == ["\(field)-fault"])
    for (_, text) in typed { #expect(page.text.contains("value=\"\(text)\"")) }
    #expect(page.text.contains("value=\"yank\" checked"))
    let ada = try #require(try await server.store.accounts.account(AuthorName(parsing: "ada")))
    #expect(try await server.store.accounts.tokens(of: ada.handle)?.isEmpty == true)
  }

  @Test func `a link for an author makes its account, under no other handle`() async throws {
    let server = try await TestServer.start()
    let acme = try AuthorName(parsing: "acme")
    let link = try await server.store.accounts.invite(acme, at: server.clock.now)
    var browser = TestBrowser(server)
    let form = try await browser.get("/link/\(link.text)")
    #expect(!form.ids.contains("handle") && form.ids.contains("password"))
    let made = try await browser.submit("/link/\(link.text)", [("handle", "ada"), ("password", "correct horse")])
    #expect(made.status == 303)
    #expect(try await server.store.accounts.account(acme) != nil)
    #expect(try await browser.get("/settings").text.contains("/authors/acme"))
  }

  @Test func `a link for a new password says what is wrong, and is not used up by it`() async throws {
    let server = try await TestServer.start()
    _ = try await server.browser(of: "ada")
    let name = try AuthorName(parsing: "ada")
    let link = try #require(try await server.store.accounts.inviteReset(of: name, at: server.clock.now))
    var browser = TestBrowser(server)
    let refused = try await browser.submit("/link/\(link.text)", [("password", "short")])
    #expect(refused.status == 422 && refused.hasFault(beside: "password"))
    #expect(!refused.text.contains("value=\"short\""))
    #expect(try await browser.submit("/link/\(link.text)", [("password", "battery staple")]).status == 303)
  }

  @Test func `what is of somebody else is not there, whatever its number`() async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    var bob = try await server.browser(of: "bob")
    let token = try await server.token(of: "ada")
    var actions = try await ada.get("/settings/tokens").actions
    actions += try await ada.get("/settings/sessions").actions
    actions = actions.filter { $0.hasSuffix("/revoke") || $0.hasSuffix("/end") }
    #expect(actions.count == 2)
    for action in actions { #expect(try await bob.submit(action, []).status == 404, "\(action)") }
    for action in ["/settings/tokens/x/revoke", "/settings/sessions/99/end"] {
      #expect(try await bob.submit(action, []).status == 404, "\(action)")
    }
    #expect(try await ada.get("/settings").status == 200)
    #expect(try await server.send(.get, Route.profile.rawValue, token: token).status == 200)
  }

  @Test func `a device is neither let in nor refused by another word`() async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    let answer = try await ada.submit("/auth/device", [("code", "BCDF-GHJK"), ("decision", "maybe")])
    #expect(answer.status == 400)
  }
}
