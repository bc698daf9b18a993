import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Skills
import Testing

/// Accounts and sessions as a browser has them.
@Suite struct SignInTests {
  private func configured(_ change: (inout RegistryConfiguration) -> Void) -> RegistryConfiguration {
    var configuration = RegistryConfiguration()
    change(&configuration)
    return configuration
  }

  @Test func `a person signs in, is led back, and signs out everywhere that the page lists`() async throws {
    let server = try await TestServer.start()
    var first = try await server.browser(of: "ada")
    var second = TestBrowser(server)
    let asked = try await second.get("/auth/device?code=BCDF-GHJK")
    #expect(asked.status == 303)
    #expect(asked.headers["location"] == "/login?next=%2Fauth%2Fdevice%3Fcode%3DBCDF-GHJK")
    let wrong = try await second.submit("/login", [("handle", "ada"), ("password", "wrong horse")])
    #expect(wrong.status == 422)
    #expect(wrong.text.contains("value=\"ada\"") && !wrong.text.contains("wrong horse"))
    let right = try await second.submit(
      "/login", [("handle", "ada"), ("password", "correct horse"), ("next", "/settings/sessions")])
    #expect(right.status == 303)
    #expect(right.headers["location"] == "/settings/sessions")
    let list = try await second.get("/settings/sessions")
    let ends = list.text.matches(of: #/action="(/settings/sessions/[0-9]+/end)"/#).map { String($0.output.1) }
    #expect(ends.count == 2)
    #expect(list.text.matches(of: #/aria-label="End the session of Test\/1 at 127\.0\.0\.1"/#).count == 2)
    // Its own last, without which it could end no other.
    for end in ends.reversed() { _ = try await second.submit(end, []) }
    #expect(try await first.get("/settings/sessions").status == 303)
    #expect(try await second.get("/settings/sessions").status == 303)
  }

  @Test func `signing out ends the session and has the browser forget it`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let cookie = browser.cookies
    #expect(try await browser.submit("/logout", []).status == 303)
    #expect(browser.cookies.isEmpty)
    let secret = try #require(Secret(presented: cookie.values.first ?? ""))
    #expect(try await server.store.accounts.session(presenting: secret, at: server.clock.now) == nil)
  }

  @Test func `a cookie is as strict as its address allows`() async throws {
    let plain = try await TestServer.start()
    let address = configured { $0.publicAddress = WebOrigin("https://skills.example.org") }
    let secure = try await TestServer.start(configuration: address)
    for (server, origin) in [(plain, nil), (secure, "https://skills.example.org")] {
      let link = try await server.store.accounts.invite(nil, at: server.clock.now)
      var browser = TestBrowser(server, origin: origin)
      let made = try await browser.submit("/link/\(link.text)", [("handle", "ada"), ("password", "correct horse")])
      let cookie = try #require(made.headers["set-cookie"])
      for part in ["HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains("; \(part)"), "\(cookie)") }
      #expect(!cookie.contains("Domain"))
      #expect(cookie.hasPrefix("__Host-") == (origin != nil))
      #expect(cookie.contains("; Secure") == (origin != nil))
    }
  }

  @Test(arguments: [
    "", "Origin: null\r\n", "Origin: https://evil.example\r\n", "Origin: http://127.0.0.1:1\r\n",
    "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n", "Sec-Fetch-Site: none\r\n",
    "Origin: http://127.0.0.1.evil.example\r\nSec-Fetch-Site: same-origin\r\n",
  ])
  func `a form that does not prove that it is the registry's own changes nothing`(source: String) async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let refused = try await browser.submit("/logout", [], from: source)
    #expect(refused.status == 403)
    #expect(try await browser.get("/settings/tokens").status == 200)
    let signIn = try await browser.submit(
      "/login", [("handle", "ada"), ("password", "correct horse")], from: source)
    #expect(signIn.status == 403)
    #expect(signIn.headers["set-cookie"] == nil)
  }

  @Test func `nobody signs in under a name that is neither this machine nor the public address`() async throws {
    let server = try await TestServer.start()
    var browser = TestBrowser(server, origin: "http://registry.internal")
    #expect(try await browser.get("/").status == 200)
    #expect(try await browser.get("/login").status == 403)
    #expect(try await browser.submit("/login", [("handle", "ada"), ("password", "correct horse")]).status == 403)
  }

  @Test func `a cookie is nothing to the API`() async throws {
    let server = try await TestServer.start()
    let browser = try await server.browser(of: "ada")
    let cookie = browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    let answer = try await server.send(.get, Route.profile.rawValue, headers: ["Cookie": .init(cookie)])
    #expect(answer.status == 401)
  }

  @Test(arguments: [
    ("ADA", "correct horse", "handle"), ("login", "correct horse", "handle"), ("ada", "short", "password"),
    ("acme", "correct horse", "handle"), ("acrne-", "correct horse", "handle"),
  ])
  func `a form keeps what was typed and says what is wrong beside it`(
    handle: String, password: String, field: String
  ) async throws {
    let server = try await TestServer.start(configuration: configured { $0.signUp = .open })
    var browser = TestBrowser(server)
    let page = try await browser.submit("/signup", [("handle", handle), ("password", password)])
    #expect(page.status == 422)
    #expect(page.text.contains("id=\"\(field)-fault\""), "\(page.text)")
    #expect(page.text.contains("value=\"\(handle)\"") && !page.text.contains(password))
  }

  @Test(arguments: SignUpMode.allCases)
  func `who may sign up is for the operator to say`(mode: SignUpMode) async throws {
    let server = try await TestServer.start(configuration: configured { $0.signUp = mode })
    var browser = TestBrowser(server)
    let page = try await browser.submit("/signup", [("handle", "ada"), ("password", "correct horse")])
    #expect(page.status == (mode == .open ? 303 : 403))
    #expect(RegistryConfiguration().signUp == .closed)
  }

  @Test func `a new password ends every session, by a link that works once`() async throws {
    let server = try await TestServer.start()
    var old = try await server.browser(of: "ada")
    let name = try AuthorName(parsing: "ada")
    let link = try #require(try await server.store.accounts.inviteReset(of: name, at: server.clock.now))
    var browser = TestBrowser(server)
    let set = try await browser.submit("/link/\(link.text)", [("password", "another horse")])
    #expect(set.status == 303)
    #expect(try await old.get("/settings/tokens").status == 303)
    #expect(try await browser.submit("/link/\(link.text)", [("password", "a third horse")]).status == 404)
    var other = TestBrowser(server)
    #expect(try await other.submit("/login", [("handle", "ada"), ("password", "correct horse")]).status == 422)
    #expect(try await other.submit("/login", [("handle", "ada"), ("password", "another horse")]).status == 303)
  }

  @Test func `passwords are guessed only so often, and the time to wait is true`() async throws {
    var limits = RegistryLimits()
    limits.rates[.signIn] = Rate(3, perSeconds: 3_600)
    let server = try await TestServer.start(limits: limits)
    var browser = TestBrowser(server)
    for _ in 0..<3 {
      #expect(try await browser.submit("/login", [("handle", "ada"), ("password", "wrong horse")]).status == 422)
    }
    let refused = try await browser.submit("/login", [("handle", "ada"), ("password", "wrong horse")])
    #expect(refused.status == 429)
    let wait = try #require(refused.headers["retry-after"].flatMap { Double($0) })
    server.clock.advance(wait)
    #expect(try await browser.submit("/login", [("handle", "ada"), ("password", "wrong horse")]).status == 422)
  }

  @Test func `a token is made with the rights that are chosen, shown once, and ended`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let none = try await browser.submit(
      "/settings/tokens", [("name", "CI"), ("days", "30"), ("skills", "*"), ("agents", "*")])
    #expect(none.status == 422 && none.text.contains("choose at least one right"))
    let rights = [("right", "yank"), ("right", "call")]
    let fields = [("name", "CI"), ("days", "30"), ("skills", "ada/*"), ("agents", "*")] + rights
    let made = try await browser.submit("/settings/tokens", fields)
    let secret = try #require(made.text.firstMatch(of: #/ah_[0-9A-Za-z]{40}/#).map { String($0.output) })
    #expect(made.headers["cache-control"]?.contains("no-store") == true)
    let list = try await browser.get("/settings/tokens")
    #expect(!list.text.contains(secret) && list.text.contains("yank, call"))
    #expect(try await server.send(.get, Route.profile.rawValue, token: secret).status == 200)
    let end = try #require(list.text.firstMatch(of: #/action="(/settings/tokens/[0-9]+/revoke)"/#)?.output.1)
    #expect(try await browser.submit(String(end), []).status == 303)
    #expect(try await server.send(.get, Route.profile.rawValue, token: secret).status == 401)
  }

  @Test func `no secret of a link, a session or a password is in a log`() async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    let secret = try await server.store.accounts.invite(nil, at: server.clock.now)
    var browser = TestBrowser(server)
    _ = try await browser.get("//link/\(secret.text)")
    _ = try await browser.submit("/link/\(secret.text)", [("handle", "ada"), ("password", "correct horse")])
    _ = try await browser.get("/settings/tokens")
    let session = try #require(browser.cookies.values.first)
    for secret in [secret.text, "correct horse", "correct%20horse", session] { #expect(!log.text.contains(secret)) }
    #expect(log.text.contains("/link/…"))
  }
}
