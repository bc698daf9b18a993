import RegistryServer
import Testing

/// How somebody without an account gets one.
@Suite struct SignUpPageTests {
  private func server(_ mode: SignUpMode) async throws -> TestServer {
    var configuration = RegistryConfiguration()
    configuration.signUp = mode
    return try await TestServer.start(configuration: configuration)
  }

  @Test(arguments: [
    (SignUpMode.open, ">Sign up</a>"), (SignUpMode.invitation, "Whoever has one can invite you."),
    (SignUpMode.closed, "Ask the operator of this registry for a link."),
  ])
  func `the page for signing in says how to get an account`(mode: SignUpMode, words: String) async throws {
    let server = try await server(mode)
    var browser = TestBrowser(server)
    let page = try await browser.get("/login")
    #expect(page.text.contains(words))
    #expect(page.links.contains("/signup") == (mode == .open))
  }

  @Test func `a new account is led to what was asked for before there was one`() async throws {
    let server = try await server(.open)
    var browser = TestBrowser(server)
    let asked = try await browser.get("/auth/device?code=BCDF-GHJK")
    let signIn = try await browser.get(try #require(asked.headers["location"]))
    let path = try #require(signIn.links.first { $0.hasPrefix("/signup?next=") })
    let signUp = try await browser.get(path)
    #expect(signUp.links.contains("/login?next=%2Fauth%2Fdevice%3Fcode%3DBCDF-GHJK"), "\(signUp.links)")
    let next = try #require(signUp.text.firstMatch(of: #/name="next" value="([^"]*)"/#)).output.1
    let form = [("handle", "ada"), ("password", "short"), ("next", String(next))]
    let refused = try await browser.submit("/signup", form)
    #expect(refused.status == 422 && refused.text.contains("name=\"next\" value=\"\(next)\""))
    let made = try await browser.submit("/signup", [("handle", "ada"), ("password", "correct horse"), form[2]])
    #expect(made.status == 303)
    #expect(made.headers["location"] == "/auth/device?code=BCDF-GHJK")
  }

  @Test func `a new account may have an address, which is one`() async throws {
    let server = try await server(.open)
    var browser = TestBrowser(server)
    let form = [("handle", "ada"), ("password", "correct horse")]
    let refused = try await browser.submit("/signup", form + [("email", "nowhere")])
    #expect(refused.status == 422 && refused.hasFault(beside: "email") && refused.text.contains("value=\"nowhere\""))
    #expect(try await browser.submit("/signup", form + [("email", "ada@example.org")]).status == 303)
    #expect(try await browser.get("/settings").text.contains("value=\"ada@example.org\""))
  }

  @Test func `a new account is led to no other site`() async throws {
    let server = try await server(.open)
    var browser = TestBrowser(server)
    let form = [("handle", "ada"), ("password", "correct horse"), ("next", "https://evil.example/")]
    #expect(try await browser.submit("/signup", form).headers["location"] == "/")
  }
}
