import RegistryServer
import RegistryStore
import Skills
import Testing

/// Links by which people who have an account let others in.
@Suite struct InvitationPageTests {
  private func server(_ mode: SignUpMode) async throws -> TestServer {
    var configuration = RegistryConfiguration()
    configuration.signUp = mode
    return try await TestServer.start(configuration: configuration)
  }

  @Test func `whoever has an account lets somebody in, once`() async throws {
    let server = try await server(.invitation)
    var ada = try await server.browser(of: "ada")
    #expect(try await ada.get("/settings").actions.contains("/settings/invitations"))
    let page = try await ada.submit("/settings/invitations", [])
    #expect(page.status == 200 && page.headers["cache-control"]?.contains("no-store") == true)
    let link = try #require(page.text.firstMatch(of: #/id="link">([^<]*)</#).map { String($0.output.1) })
    #expect(link.hasPrefix(server.url + "/link/"))
    let path = String(link.dropFirst(server.url.count))
    var bob = TestBrowser(server)
    #expect(try await bob.submit(path, [("handle", "bob"), ("password", "correct horse")]).status == 303)
    var eve = TestBrowser(server)
    #expect(try await eve.submit(path, [("handle", "eve"), ("password", "correct horse")]).status == 404)
  }

  @Test func `a link for a name that somebody else has taken meanwhile says so`() async throws {
    let server = try await server(.closed)
    let link = try await server.store.accounts.invite(AuthorName(parsing: "newcomer"), at: server.clock.now)
    _ = try await server.browser(of: "newcomer")
    var late = TestBrowser(server)
    let refused = try await late.submit("/link/\(link.text)", [("password", "correct horse")])
    #expect(refused.status == 409 && refused.text.contains("The name is taken"), "\(refused.text)")
  }

  @Test(arguments: [SignUpMode.open, .closed])
  func `where the operator has not said so, nobody is invited`(mode: SignUpMode) async throws {
    let server = try await server(mode)
    var ada = try await server.browser(of: "ada")
    #expect(try await !ada.get("/settings").actions.contains("/settings/invitations"))
    #expect(try await ada.submit("/settings/invitations", []).status == 403)
  }

  @Test func `an account makes a few links at once, and then waits for each`() async throws {
    let server = try await server(.invitation)
    var ada = try await server.browser(of: "ada")
    for _ in 0..<Accounts.invitationLimit.burst {
      #expect(try await ada.submit("/settings/invitations", []).status == 200)
    }
    let refused = try await ada.submit("/settings/invitations", [])
    #expect(refused.status == 429)
    server.clock.advance(try #require(refused.headers["retry-after"].flatMap { Double($0) }))
    #expect(try await ada.submit("/settings/invitations", []).status == 200)
  }
}
