import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

@testable import RegistryServer

/// What people change of their own account.
@Suite struct SettingsTests {
  private static let password = "correct horse"

  @Test func `a page is for those who are signed in, and a change for forms of the registry`() async throws {
    let server = try await TestServer.start()
    var stranger = TestBrowser(server)
    var person = try await server.browser(of: "ada")
    for page in SettingsPage.allCases {
      let path = page.row.route.path(["acme", "ada"])
      if page.row.method == .get {
        let answer = try await stranger.get(path)
        #expect(answer.status == 303, "\(page)")
        #expect(answer.headers["location"]?.hasPrefix("/login?next=") == true, "\(page)")
        continue
      }
      let answer = try await stranger.submit(path, [])
      #expect(answer.status == 303, "\(page)")
      #expect(answer.headers["location"] == "/login", "\(page)")
      for source in ["Origin: https://evil.example\r\n", ""] {
        #expect(try await person.submit(path, [], from: source).status == 403, "\(page)")
      }
    }
  }

  @Test func `the pages lead to each other, and every form on them to something that takes it`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    _ = try await browser.submit("/settings/organisations", [("name", "guild")])
    _ = try await browser.submit("/authors/acme/follow", [])
    var open = ["/settings"]
    var seen: Set<String> = []
    while let path = open.popLast() {
      guard seen.insert(path).inserted else { continue }
      let page = try await browser.get(path)
      #expect(page.status == 200, "\(path)")
      #expect(page.headers["cache-control"]?.contains("no-store") == true, "\(path)")
      #expect(!page.text.contains("{{"), "\(path)")
      #expect(Set(page.ids).count == page.ids.count, "\(path): \(page.ids)")
      #expect(page.text.matches(of: #/<h1/#).count == 1, "\(path)")
      for action in page.actions { #expect(Endpoint.methods(at: action).contains("POST"), "\(path): \(action)") }
      open += page.links.filter { $0.hasPrefix("/settings") }
    }
    let known = [
      "/settings", "/settings/delete", "/settings/tokens", "/settings/sessions", "/settings/organisations",
      "/settings/organisations/guild", "/settings/organisations/guild/delete", "/settings/subscriptions",
      "/settings/agents", "/settings/conversations",
    ]
    #expect(seen.isSuperset(of: known))
  }

  @Test func `a profile is changed, and what is wrong with it is said beside the field`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let email = "\"><b>@example.org"
    let saved = try await browser.submitAndFollow("/settings", [("display_name", "Ada L."), ("email", email)])
    #expect(saved.notice == Notice.profileSaved.text)
    #expect(saved.text.contains("value=\"Ada L.\"") && saved.text.contains("&quot;&gt;&lt;b&gt;@example.org"))
    #expect(!saved.text.contains("<b>"))
    let wrong = try await browser.submit("/settings", [("display_name", "Ada K."), ("email", "nowhere")])
    #expect(wrong.status == 422)
    #expect(wrong.hasFault(beside: "email") && !wrong.hasFault(beside: "display_name"))
    #expect(wrong.text.contains("value=\"Ada K.\"") && wrong.text.contains("value=\"nowhere\""))
    let ada = try AuthorName(parsing: "ada")
    #expect(try await server.store.accounts.account(ada)?.displayName?.text == "Ada L.")
    _ = try await browser.submit("/settings", [("display_name", ""), ("email", "")])
    let account = try #require(try await server.store.accounts.account(ada))
    #expect(account.displayName == nil && account.email == nil)
  }

  @Test(arguments: [
    ("a wrong horse", "battery staple", "current_password"), ("", "battery staple", "current_password"),
    ("correct horse", "short", "new_password"), ("correct horse", "", "new_password"),
  ])
  func `a password is not changed without the present one, or to one that is none`(
    old: String, new: String, field: String
  ) async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let page = try await browser.submit("/settings/password", [("current_password", old), ("new_password", new)])
    #expect(page.status == 422)
    #expect(page.hasFault(beside: field), "\(page.text)")
    for typed in [old, new] where !typed.isEmpty { #expect(!page.text.contains("value=\"\(typed)\"")) }
    var other = TestBrowser(server)
    #expect(try await other.submit("/login", [("handle", "ada"), ("password", Self.password)]).status == 303)
  }

  @Test func `a new password ends every other session`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    var other = TestBrowser(server)
    _ = try await other.submit("/login", [("handle", "ada"), ("password", Self.password)])
    #expect(try await other.get("/settings").status == 200)
    let page = try await browser.submitAndFollow(
      "/settings/password", [("current_password", Self.password), ("new_password", "battery staple")])
    #expect(page.status == 200 && page.notice == Notice.passwordChanged.text)
    #expect(try await other.get("/settings").status == 303)
    #expect(try await other.submit("/login", [("handle", "ada"), ("password", Self.password)]).status == 422)
    #expect(try await other.submit("/login", [("handle", "ada"), ("password", "battery staple")]).status == 303)
  }

  @Test(arguments: ["ADA", "", "admin", "acme", "ac-me", "a--b"])
  func `a handle that cannot be had is refused beside the field, and kept in it`(handle: String) async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let page = try await browser.submit("/settings/handle", [("handle", handle)])
    #expect(page.status == 422)
    #expect(page.hasFault(beside: "handle") && page.text.contains("value=\"\(handle)\""), "\(page.text)")
    #expect(try await server.store.accounts.account(AuthorName(parsing: "ada")) != nil)
  }

  @Test func `a new handle has what the old one had, at once, and the old one leads to it`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let token = try await server.token(of: "ada")
    try await server.publish("tool", token: token)
    #expect(try await browser.get("/authors/ada/skills/tool").status == 200)
    let page = try await browser.submitAndFollow("/settings/handle", [("handle", "countess")])
    #expect(page.status == 200 && page.notice == Notice.handleChanged.text)
    #expect(page.text.contains("/authors/countess"))
    #expect(try await browser.get("/authors/countess/skills/tool").status == 200)
    #expect(try await browser.get("/authors/ada/skills/tool").status != 200)
    let old = try await browser.get("/authors/ada")
    #expect(old.status == 308 && old.headers["location"] == "/authors/countess")
    var other = TestBrowser(server)
    #expect(try await other.submit("/login", [("handle", "ada"), ("password", Self.password)]).status == 422)
    #expect(try await other.submit("/login", [("handle", "countess"), ("password", Self.password)]).status == 303)
  }

  @Test(arguments: [("", password), ("acme", password), ("ada", "a wrong horse"), ("ada", "")])
  func `an account is deleted only by its name and its password`(name: String, password: String) async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let page = try await browser.submit(
      "/settings/delete", [("confirmation", name), ("current_password", password)])
    #expect(page.status == 422)
    #expect(page.hasFault(beside: name == "ada" ? "current_password" : "confirmation"), "\(page.text)")
    #expect(password.isEmpty || !page.text.contains(password))
    #expect(try await browser.get("/settings").status == 200)
  }

  @Test func `a deleted account is signed out for good, and what it published stays`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let token = try await server.token(of: "ada")
    try await server.publish("tool", token: token)
    _ = try await browser.submit("/settings/organisations", [("name", "guild")])
    let fields = [("confirmation", "ada"), ("current_password", Self.password)]
    let refused = try await browser.submit("/settings/delete", fields)
    #expect(refused.status == 409)
    #expect(refused.text.contains("guild would be left without an owner"))
    _ = try await browser.submit("/settings/organisations/guild/delete", [("confirmation", "guild")])
    var other = browser
    let page = try await browser.submitAndFollow("/settings/delete", fields)
    #expect(page.notice == Notice.accountDeleted.text)
    #expect(browser.cookies.isEmpty)
    #expect(try await other.get("/settings").status == 303)
    #expect(try await other.submit("/login", [("handle", "ada"), ("password", Self.password)]).status == 422)
    #expect(try await server.send(.get, Route.profile.rawValue, token: token).status == 401)
    #expect(try await other.get("/authors/ada/skills/tool").status == 200)
    #expect(try await other.get("/authors/ada").status == 200)
  }

  @Test func `what a form has done is told by the page that it leads to`() async throws {
    let server = try await TestServer.start()
    var browser = TestBrowser(server)
    for notice in Notice.allCases {
      #expect(try await browser.get("/login?\(Notice.parameter)=\(notice.rawValue)").notice == notice.text)
    }
  }

  @Test(arguments: ["/login?done=Your+account+is+closed", "/login?done=%3Cb%3E", "/login?done=", "/login"])
  func `no page tells what somebody else wrote into a link`(path: String) async throws {
    let server = try await TestServer.start()
    var browser = TestBrowser(server)
    let page = try await browser.get(path)
    #expect(page.status == 200 && page.notice == nil)
    #expect(!page.text.contains("account is closed") && !page.text.contains("<b>"))
  }
}

extension TestServer {
  /// A token for everything of somebody who has an account.
  func token(of handle: String) async throws -> String {
    let account = try #require(try await store.accounts.account(AuthorName(parsing: handle)))
    return try await newToken(of: account)
  }
}
