import HTTPTransport
import RegistryAPI
import Skills
import TestSupport
import Testing

@Suite struct SearchTests {
  @Test func `a hit tells what the newest version says`() async throws {
    let server = try await TestServer.start()
    try await server.publish("reviewer", "1.0.0", description: "Old words about walruses.")
    try await server.publish("reviewer", "1.2.0", description: "Finds mistakes in code.")
    try await server.publish("reviewer", "2.0.0-rc.1", description: "Not yet.")
    let hit = try #require(try await server.search("mistakes").first)
    #expect(hit.source == "acme/reviewer")
    #expect(hit.version == "1.2.0")
    #expect(hit.description == "Finds mistakes in code.")
    #expect(try await server.search("walruses").isEmpty)
    #expect(try await server.search("yet").isEmpty)
    let summary = try await server.send(.get, "/api/skills/acme/reviewer").json()
    #expect(hit.id == summary["id"] as? String)
  }

  @Test func `a private skill is found by its owner alone`() async throws {
    let server = try await TestServer.start()
    let stranger = try await TestServer.newToken("rival", server.store)
    try await server.publish("hidden", description: "Quokka.", isPrivate: true)
    for query in ["quokka", "hidden", "acme/hidden", ""] {
      #expect(try await server.search(query, token: server.token).map(\.source) == ["acme/hidden"], "\(query)")
      #expect(try await server.search(query, token: stranger).isEmpty, "\(query)")
      #expect(try await server.search(query).isEmpty, "\(query)")
    }
    #expect(try await server.search("quokka", token: server.token)[0].isPrivate)
  }

  @Test func `what was withdrawn is not found, and what replaces it is`() async throws {
    let server = try await TestServer.start()
    try await server.publish("one", "1.0.0", description: "First.")
    try await server.publish("one", "2.0.0", description: "Second.")
    #expect(
      try await server.send(.delete, "/api/skills/acme/one/versions/2.0.0", token: server.token).status == 200)
    #expect(try await server.search("second").isEmpty)
    #expect(try await server.search("first").map(\.version) == ["1.0.0"])
    #expect(try await server.send(.delete, "/api/skills/acme/one", token: server.token).status == 200)
    for query in ["first", "one", ""] { #expect(try await server.search(query).isEmpty) }
  }

  @Test func `a search can be narrowed to an author and to a number of hits`() async throws {
    let server = try await TestServer.start()
    let rival = try await TestServer.newToken("rival", server.store)
    for slug in ["one", "two", "three"] { try await server.publish(slug) }
    try await server.publish("one", token: rival)
    #expect(try await server.search("sample").count == 4)
    #expect(try await server.search("sample", "&limit=2").count == 2)
    #expect(try await server.search("sample", "&owner=rival").map(\.source) == ["rival/one"])
    #expect(try await server.search("", "&owner=rival&limit=100").map(\.source) == ["rival/one"])
    #expect(try await server.search("sample", "&owner=nobody").isEmpty)
  }

  @Test(arguments: [
    ("?q=" + String(repeating: "a", count: 201), 422), ("?q=" + String(repeating: "a", count: 7_000), 422),
    ("?q=" + String(repeating: "%C3%A9", count: 201), 422), ("?q=" + String(repeating: "%C3%A9", count: 200), 200),
    ("?q=x&limit=0", 422), ("?q=x&limit=101", 422), ("?q=x&limit=-1", 422), ("?q=x&limit=1e1", 422),
    ("?q=x&limit=99999999999999999999", 422), ("?q=x&limit=100", 200), ("?q=x&limit=", 200),
    ("?q=x&owner=A%20B", 422), ("?q=x&owner=", 200), ("", 200), ("?q", 200), ("?q=%ff%fe", 200), ("?q=%", 200),
  ])
  func `a search beyond its limits is refused`(query: String, status: Int) async throws {
    let server = try await TestServer.start()
    #expect(try await server.send(.get, Route.search.rawValue + query).status == status)
  }

  @Test func `a query of 10,000 characters is refused like any that is too long`() async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      let query = String(repeating: "a*", count: 5_000)
      connection.write("GET /api/search?q=\(query) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 422"))
  }

  @Test(arguments: [
    "\"", "\"\"", "'", "*", "x*", "^one", "slug:one", "one OR nothing", "NOT one", "one NEAR two", "NEAR(one two, 5)",
    "-one", "+one", "(one", "one)", "{slug}: one", "one AND", "%", "_", "o_e", "o%", "\\", ";", "--",
    "one; DROP TABLE search",
    "\u{0}", "one\u{0}two", "\u{202E}one", "💥", "\u{301}", "﷽", "x\u{301}\u{301}\u{301}", "ⅷ ½ ²", "AND", "OR", "NOT",
    "]]>", "${1}", "?1", "select * from skills", "\n\t\r",
  ])
  func `no character of a query is syntax`(query: String) async throws {
    let server = try await TestServer.start()
    try await server.publish("one", description: "Something plain.")
    // Answered, and with the skill only where every word of the query begins or is a word of it.
    let isBlank = query.allSatisfy(\.isWhitespace)
    let words = query.lowercased().split { !$0.isLetter && !$0.isNumber }
    let isMeant = isBlank || words == ["one"] || words == ["o"]
    #expect(try await server.search(query).map(\.slug) == (isMeant ? ["one"] : []))
    #expect(try await server.search("one").count == 1)
  }
}
