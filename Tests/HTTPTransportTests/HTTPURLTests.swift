import Testing

@testable import HTTPTransport

struct HTTPURLTests {
  @Test(arguments: [
    ("https://example.org", "https://example.org/"),
    ("HTTPS://Example.ORG:443/A/b?q=1", "https://example.org/A/b?q=1"),
    ("http://127.0.0.1:7117/x#fragment", "http://127.0.0.1:7117/x"),
    ("http://[::1]:80?a", "http://[::1]/?a"),
    ("https://example.org:8443//x", "https://example.org:8443//x"),
  ])
  func `reads an address into one spelling`(text: String, wire: String) throws {
    #expect(try HTTPURL(parsing: text).text == wire)
  }

  @Test(arguments: [
    "", "example.org", "ftp://example.org/", "file:///etc/passwd", "https:/example.org", "https://", "https:///x",
    "https://user:secret@example.org/", "https://example.org@evil.test/", "https://exa mple.org/",
    "https://ex\u{E4}.org/",
    "https://example.org/\r\nX: y", "https://example.org\\@evil.test/", "https://example.org:0/",
    "https://example.org:/",
    "https://example.org:65536/", "https://example.org:8a/", "https://example.org:+80/", "https://[::1/",
    "https://[::g]/",
    "https://[::1]x/", "https://%31/", "gopher://example.org/", "https://example.org/\u{7F}", "//example.org/x",
    "https://example.org/" + String(repeating: "a", count: 9000),
  ])
  func `refuses what is not a plain http or https address`(text: String) {
    let error = #expect(throws: TransportError.self) { try HTTPURL(parsing: text) }
    #expect(error?.code == .invalidURL)
  }

  @Test(arguments: [
    ("https://user:secret@example.org/x", "secret"), ("nope://example.org/?token=secret", "secret"),
    ("https://example.org:99999/#secret", "secret"),
  ])
  func `a refusal shows no part that may be secret`(text: String, secret: String) throws {
    let error = try #require(throws: TransportError.self) { try HTTPURL(parsing: text) }
    #expect(!"\(error)".contains(secret))
  }

  @Test func `a description leaves a one-time ticket out`() throws {
    let url = try HTTPURL(parsing: "https://example.com/registry/api/connect/ct_secret?x=1")
    #expect("\(url)" == "https://example.com/registry/api/connect/…")
    #expect(url.text.contains("ct_secret"))
  }

  @Test func `a description leaves the query out`() throws {
    #expect("\(try HTTPURL(parsing: "https://example.org/a?token=1"))" == "https://example.org/a")
  }

  @Test(arguments: [
    ("http://localhost/", true), ("http://LOCALHOST:1/", true), ("http://127.0.0.1/", true),
    ("http://127.9.8.7/", true),
    ("http://[::1]/", true), ("http://127.0.0.1.evil.test/", false), ("http://127.1/", false),
    ("http://0127.0.0.1/", false),
    ("http://127.0.0.01/", false), ("http://127.0.0.256/", false), ("http://localhost.evil.test/", false),
    ("http://128.0.0.1/", false), ("http://[::2]/", false), ("http://127.0.0.1./", false),
  ])
  func `knows which hosts can only be this machine`(text: String, expected: Bool) throws {
    #expect(try HTTPURL(parsing: text).origin.isLoopback == expected)
  }

  @Test(arguments: [
    ("http://localhost:7117/", "http://127.0.0.1:7117/ws", true), ("http://[::1]/", "http://LOCALHOST:80/", true),
    ("https://a.test/", "https://a.test:443/x", true), ("http://localhost:1/", "http://127.0.0.1:2/", false),
    ("http://localhost/", "https://localhost:80/", false), ("https://a.test/", "https://b.test/", false),
    ("http://localhost/", "http://localhost.evil.test/", false),
  ])
  func `knows the names of one server`(first: String, second: String, isSame: Bool) throws {
    let (first, second) = (try HTTPURL(parsing: first).origin, try HTTPURL(parsing: second).origin)
    #expect(first.isSameServer(as: second) == isSame)
    #expect(second.isSameServer(as: first) == isSame)
  }
}
