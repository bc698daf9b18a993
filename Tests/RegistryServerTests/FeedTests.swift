import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Skills
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// News of an author, as programs that read feeds get it.
@Suite struct FeedTests {
  private static let atom = "/authors/acme/feed.atom"
  private static let json = "/authors/acme/feed.json"

  /// What an XML parser finds: the text of elements and what links lead to, by their names.
  private final class Elements: NSObject, XMLParserDelegate {
    private(set) var texts: [String: [String]] = [:]
    private(set) var links: [String] = []
    private var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      text = ""
      if name == "link", let address = attributes["href"] { links.append(address) }
    }

    func parser(_ parser: XMLParser, foundCharacters part: String) { text += part }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      texts[name, default: []].append(text)
      text = ""
    }
  }

  private func elements(_ answer: HTTPResponse) throws -> Elements {
    let elements = Elements()
    let parser = XMLParser(data: Data(answer.body))
    parser.delegate = elements
    try #require(parser.parse(), "\(answer.text)")
    return elements
  }

  @Test func `both feeds tell of what everybody can have, the newest first`() async throws {
    let server = try await TestServer.start()
    let hostile = #"A <b>bold</b> & "quoted" ]]> thing"#
    try await server.publish("first", description: hostile)
    try await server.publish("hidden", isPrivate: true)
    for version in ["1.0.0", "1.1.0", "1.2.0-rc.1", "1.3.0"] { try await server.publish("second", version) }
    let versions = "/api/skills/acme/second/versions"
    #expect(try await server.send(.put, "\(versions)/1.1.0/yank", token: server.token).status == 200)
    #expect(try await server.send(.delete, "\(versions)/1.3.0", token: server.token).status == 200)
    _ = try await server.store.catalog.quarantine(
      SkillName(parsing: "acme/second"), .version(SemanticVersion(parsing: "1.0.0")),
      reason: Reason(parsing: "a reason"), at: server.clock.now)

    let atom = try await server.send(.get, Self.atom)
    #expect(atom.status == 200)
    #expect(atom.headers["Content-Type"] == "application/atom+xml; charset=utf-8")
    let found = try elements(atom)
    let titles = ["acme/second 1.2.0-rc.1", "acme/first 1.0.0"]
    #expect(found.texts["title"] == ["Skills of acme"] + titles)
    #expect(found.texts["summary"] == ["A sample.", hostile])
    #expect(found.texts["updated"]?.count == 3)
    #expect(found.texts["id"].map { Set($0).count } == 3)
    #expect(found.links.count == 4 && found.links.allSatisfy { $0.hasPrefix("\(server.url)/authors/acme") })

    let json = try await server.send(.get, Self.json)
    #expect(json.headers["Content-Type"] == "application/feed+json; charset=utf-8")
    let feed = try WireCoding.decode(JSONFeed.self, from: json.body)
    #expect(feed.version == "https://jsonfeed.org/version/1.1")
    #expect(feed.feedUrl == server.url + Self.json && feed.homePageUrl == "\(server.url)/authors/acme")
    #expect(feed.items.map(\.title) == titles && feed.items.map(\.contentText) == ["A sample.", hostile])
    #expect(feed.items.first?.url == "\(server.url)/authors/acme/skills/second")
    #expect(feed.items.map(\.id) == (found.texts["id"] ?? []).dropFirst().map { $0 })
  }

  @Test(arguments: [atom, json])
  func `a feed is asked about again, and sent again only when it has changed`(path: String) async throws {
    let server = try await TestServer.start()
    let empty = try await server.send(.get, path)
    #expect(empty.status == 200)
    let tag = try #require(empty.headers["ETag"])
    #expect(empty.headers["Cache-Control"] == "public, no-cache")
    let again = try await server.send(.get, path, headers: ["If-None-Match": .init(tag)])
    #expect(again.status == 304 && again.body.isEmpty && again.headers["ETag"] == tag)
    let head = try await server.send(.head, path)
    #expect(head.status == 200 && head.headers["ETag"] == tag)
    try await server.publish("sample")
    #expect(try await server.send(.get, path, headers: ["If-None-Match": .init(tag)]).status == 200)
  }

  @Test func `what an owner alone can see is in no feed, also not for the owner`() async throws {
    let server = try await TestServer.start()
    try await server.publish("hidden", isPrivate: true)
    for path in [Self.atom, Self.json] {
      #expect(try await !server.send(.get, path, token: server.token).text.contains("hidden"))
    }
  }

  @Test func `addresses are those of the registry, whatever a request calls it`() async throws {
    var configuration = RegistryConfiguration()
    configuration.publicAddress = WebOrigin("https://skills.example.org")
    let server = try await TestServer.start(configuration: configuration)
    try await server.publish("sample")
    for link in try await elements(server.send(.get, Self.atom)).links {
      #expect(link.hasPrefix("https://skills.example.org/authors/acme"))
    }
    let other = try await TestServer.start()
    var stranger = TestBrowser(other, origin: "http://evil.example")
    #expect(try await stranger.get(Self.atom).status == 403)
  }

  @Test func `a former name leads to the feed of the present one, and entries keep their marks`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.signUp("ada")
    try await server.publish("sample", token: server.newToken(of: ada))
    var reader = TestBrowser(server)
    let before = try await WireCoding.decode(JSONFeed.self, from: Array(reader.get("/authors/ada/feed.json").text.utf8))
    let name = try AuthorName(parsing: "lovelace")
    try await server.store.accounts.rename(ada.handle, to: name, by: ada.id, at: server.clock.now)
    let moved = try await reader.get("/authors/ada/feed.json")
    #expect(moved.status == 308 && moved.headers["location"] == "/authors/lovelace/feed.json")
    let after = try await WireCoding.decode(
      JSONFeed.self, from: Array(reader.get("/authors/lovelace/feed.json").text.utf8))
    #expect(after.items.map(\.title) == ["lovelace/sample 1.0.0"])
    #expect(after.items.map(\.id) == before.items.map(\.id))
  }

  @Test func `the page of an author names its feeds, and nobody has one`() async throws {
    let server = try await TestServer.start()
    let page = try await server.send(.get, "/authors/acme")
    for (type, path) in [("application/atom+xml", Self.atom), ("application/feed+json", Self.json)] {
      let link = page.text.split(separator: "\n").first { $0.hasPrefix("<link rel=\"alternate\" type=\"\(type)\"") }
      #expect(link?.hasSuffix("href=\"\(path)\">") == true)
      #expect(try await server.send(.get, path.replacing("acme", with: "nobody")).status == 404)
      #expect(try await server.send(.get, path.replacing("acme", with: "No-body")).status == 422)
    }
  }
}
