import HTTPTransport
import RegistryAPI
import Skills
import Testing

/// The start page, searches and authors: lists of skills.
@Suite struct ListPageTests {
  private func names(_ page: String) -> [Substring] {
    page.matches(of: #/<a class="mono" href="\/authors\/[^\/]*\/skills\/([^"]*)"/#).map(\.output.1)
  }

  @Test func `an empty registry says what will be there and how to fill it`() async throws {
    let server = try await TestServer.start()
    let page = try await server.send(.get, "/").text
    #expect(page.contains("agent-mesh config --registry \(server.url)\n"))
    #expect(page.contains("agent-mesh skills publish &lt;folder&gt;"))
    try await server.publish("sample")
    let filled = try await server.send(.get, "/").text
    #expect(filled.contains("agent-mesh skills install acme/sample</pre>"))
    #expect(!filled.contains("agent-mesh skills publish"))
    var browser = try await server.browser(of: "ada")
    #expect(try await browser.get("/").text.contains("agent-mesh login --registry \(server.url)\n"))
  }

  @Test func `the newest skills come first, and private ones to their owners alone`() async throws {
    let server = try await TestServer.start()
    for name in ["one", "two"] { try await server.publish(name) }
    try await server.publish("hidden", isPrivate: true)
    for (path, expected) in [("/", ["two", "one"]), ("/search", ["two", "one"]), ("/authors/acme", ["one", "two"])] {
      let page = try await server.send(.get, path).text
      #expect(names(page).map(String.init) == expected, "\(path)")
    }
  }

  @Test func `a search marks what it was for, and finds what the API finds`() async throws {
    let server = try await TestServer.start()
    try await server.publish("code-review", description: "Reviews code, and Code that reviewers wrote.")
    try await server.publish("other")
    let page = try await server.send(.get, "/search?q=code+rev").text
    let found = try await server.search("code rev").map(\.slug)
    #expect(names(page).map(String.init) == found)
    #expect(page.contains("acme/<mark>code</mark>-<mark>review</mark></a>"))
    #expect(page.contains("<p><mark>Reviews</mark> <mark>code</mark>, and <mark>Code</mark> that <mark>review"))
    #expect(page.contains("value=\"code rev\"") && page.contains("Skills for “code rev”"))
  }

  @Test(arguments: ["walrus", "!!!", "%ff", "%3Cb%3E", "q%"])
  func `a search without a hit says what to try`(query: String) async throws {
    let server = try await TestServer.start()
    try await server.publish("sample")
    let page = try await server.send(.get, "/search?q=\(query)")
    #expect(page.status == 200)
    #expect(names(page.text).isEmpty && page.text.contains("Try fewer words"))
    #expect(!page.text.contains("<b>"))
  }

  @Test func `a search that is too long is refused with a page`() async throws {
    let server = try await TestServer.start()
    let page = try await server.send(.get, "/search?q=" + String(repeating: "a", count: 201))
    #expect(page.status == 422)
    #expect(page.text.contains("A search has at most 200 characters"))
    #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
  }

  @Test func `a long list of an author goes on behind its last skill`() async throws {
    let server = try await TestServer.start()
    let slugs = (10...60).map { "skill-\($0)" }
    for slug in slugs { try await server.publish(slug) }
    let first = try await server.send(.get, "/authors/acme").text
    #expect(names(first).map(String.init) == Array(slugs.prefix(50)))
    let next = try #require(first.firstMatch(of: #/rel="next" href="([^"]*)"/#)?.output.1)
    let second = try await server.send(.get, String(next)).text
    #expect(names(second).map(String.init) == Array(slugs.suffix(1)))
    #expect(!second.contains("rel=\"next\"") && second.contains("href=\"/authors/acme\">First page"))
  }
}
