import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

@testable import RegistryServer

/// Pages as browsers get them.
@Suite struct PageTests {
  @Test(arguments: [
    "/", "/search?q=sample", "/agents", "/login", "/authors/acme", "/authors/nobody", "/authors/acme/skills/sample",
    "/authors/acme/skills/missing", "/authors/acme/skills/sample/versions",
    "/authors/acme/skills/sample/versions/1.0.0", "/authors/acme/skills/sample/versions/1.0.0/files",
    "/authors/acme/skills/sample/versions/1.0.0/files/SKILL.md", "/nowhere",
  ])
  func `every page is strict about what it loads and can be read by all, those of failures, too`(
    path: String
  ) async throws {
    let server = try await TestServer.start()
    try await server.publish("sample")
    let page = try await server.send(.get, path, headers: ["Accept": "text/html"])
    let policy = try #require(page.headers["Content-Security-Policy"], "\(page.text)")
    for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
      #expect(policy.contains(rule))
    }
    #expect(!policy.contains("unsafe"))
    #expect(page.headers["X-Content-Type-Options"] == "nosniff")
    #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
    #expect(page.headers["Cache-Control"]?.contains("no-store") == (page.headers["ETag"] == nil))
    let module = #/<script type="module" src="/assets/page-[0-9a-f]{16}\.js"></script>/#
    let text = page.text.replacing(module, with: "")
    #expect(!text.contains("style=\"") && !text.contains("<script") && !text.contains("{{"))
    #expect(!text.contains(#/ on[a-z]+=/#))
    #expect(text.matches(of: #/<h1[ >]/#).count == 1 && text.matches(of: #/<main[ >]/#).count == 1)
    #expect(text.contains("<html lang=\"en\">") && text.contains("<a class=\"skip\" href=\"#main\">"))
    let ids = text.matches(of: #/ id="([^"]*)"/#).map(\.output.1)
    #expect(Set(ids).count == ids.count && ids.contains("main"))
    for input in text.matches(of: #/<input[^>]*>/#) where !input.output.contains("type=\"hidden\"") {
      let id = input.output.firstMatch(of: #/ id="([^"]*)"/#)?.output.1
      #expect(input.output.contains("aria-label=") || id.map { text.contains("<label for=\"\($0)\">") } == true)
    }
  }

  @Test func `the stylesheet has a name that changes with it, and is kept for ever`() async throws {
    let server = try await TestServer.start()
    let home = try await server.send(.get, "/")
    let path = try #require(home.text.firstMatch(of: #/href="(/assets/style-[0-9a-f]{16}\.css)"/#)?.output.1)
    let style = try await server.send(.get, String(path))
    #expect(style.status == 200)
    #expect(style.headers["Content-Type"] == "text/css; charset=utf-8")
    #expect(style.headers["Cache-Control"]?.contains("immutable") == true)
    #expect(try await server.send(.get, "/assets/style.css").status == 404)
  }

  @Test func `what people write is text on a page, whatever it looks like`() async throws {
    let server = try await TestServer.start()
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> \"' & {{name}}"
    try await server.publish("sample", description: hostile.replacing("\"", with: "").replacing(":", with: ""))
    let page = try await server.send(.get, "/authors/acme/skills/sample")
    #expect(page.status == 200)
    #expect(page.text.contains("&lt;script&gt;"))
    #expect(!page.text.contains("<script>") && !page.text.contains("<img"))
    let found = try await server.send(.get, "/search?q=%22%CC%81%20onfocus%3Dx%20%3Cx-y%3E")
    #expect(found.text.contains("&lt;x-y&gt;") && !found.text.contains("<x-y"))
  }

  @Test(arguments: ["\"\u{301} onfocus=x", "<\u{338}b", "'\u{200D}", "&\u{20DD}", "\r\n<b>"])
  func `a character with a mark on it is escaped like without`(text: String) throws {
    let escaped = PageEscaping().escapeText(text)
    #expect(escaped.utf8.allSatisfy { !"\"<>'".utf8.contains($0) })
    #expect(escaped.utf8.contains(UInt8(ascii: "&")))
    // And in every template, also in those that another one takes in.
    let field = FormField(name: "n", label: "l", value: text)
    let form = FormPage(heading: text, action: "/", fields: [field], button: "b")
    let html = try PageRenderer(registryName: text).html(.form, text, form, for: Visitor())
    #expect(html.utf8.count { $0 == UInt8(ascii: "<") } == html.matches(of: #/<[/!]?[a-z]+/#).count)
    #expect(html.contains("value=\"\(escaped)\""))
  }

  @Test func `the page of a private skill is there for its owner alone`() async throws {
    let server = try await TestServer.start()
    var owner = try await server.browser(of: "ada")
    var stranger = try await server.browser(of: "bob")
    let identity = try #require(try await server.store.accounts.account(AuthorName(parsing: "ada")))
    let new = NewToken(name: try DisplayName(parsing: "CI"), scope: .everything, expiresAt: nil)
    let token = try await server.store.accounts.createToken(new, for: identity.id, at: server.clock.now)
    try await server.publish("hidden", isPrivate: true, token: token.secret)
    let path = "/authors/ada/skills/hidden"
    let own = try await owner.get(path)
    #expect(own.status == 200)
    #expect(own.headers["cache-control"] == "private, no-store")
    let hidden = try await stranger.get(path)
    let missing = try await stranger.get("/authors/ada/skills/absent")
    #expect(hidden.status == 404)
    func words(_ page: TestBrowser.Page) -> String { page.text.replacing(#/request [^<]*/#, with: "") }
    #expect(words(hidden) == words(missing).replacing("absent", with: "hidden"))
  }

  @Test func `the list of templates is the folder of templates`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Registry/Server/Pages/Templates")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let templates = PageTemplate.allCases.map { $0.rawValue + ".mustache" }
    #expect(Set(files) == Set(templates + ["style.css", "page.js", "icon.svg"]))
    _ = try PageTemplate.library()
  }

  @Test func `scripts of the sites that the operator names read the API, and no page`() async throws {
    var configuration = RegistryConfiguration()
    configuration.webOrigins = [try #require(WebOrigin("https://example.org"))]
    let server = try await TestServer.start(configuration: configuration)
    func allowed(_ path: String, _ origin: String) async throws -> String? {
      let answer = try await server.send(.get, path, headers: ["Origin": .init(origin)])
      #expect(answer.headers["Vary"]?.contains("Origin") == true || path == "/")
      #expect(answer.headers["Access-Control-Allow-Credentials"] == nil)
      return answer.headers["Access-Control-Allow-Origin"]
    }
    #expect(try await allowed("/api/search", "https://example.org") == "https://example.org")
    #expect(try await allowed("/api/search", "https://evil.example") == nil)
    #expect(try await allowed("/api/search", "null") == nil)
    #expect(try await allowed("/", "https://example.org") == nil)
  }

  @Test func `who asks through a proxy is who it says, and nobody else can say so`() async throws {
    var configuration = RegistryConfiguration()
    configuration.trustedProxies = ["127.0.0.0/8", "10.0.0.0/8"].compactMap { AddressRange($0) }
    configuration.limits.rates[.read] = Rate(1, perSeconds: 3_600)
    let server = try await TestServer.start(configuration: configuration)
    func status(_ hops: String) async throws -> Int {
      try await server.send(.get, "/link/\(Secret().text)", headers: ["X-Forwarded-For": .init(hops)]).status
    }
    #expect(try await status("203.0.113.1") == 404)
    #expect(try await status("203.0.113.1") == 429)
    // What the client itself wrote before the proxies counts for nothing.
    #expect(try await status("198.51.100.7, 203.0.113.1, 10.0.0.3") == 429)
    #expect(try await status("203.0.113.2, 10.0.0.3") == 404)
  }
}
