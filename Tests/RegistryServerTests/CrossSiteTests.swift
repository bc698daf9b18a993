import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import TestSupport
import Testing

/// What other sites can have a browser do that is signed in here: nothing.
@Suite struct CrossSiteTests {
  private static let address = "https://skills.example.org"

  /// Reached through a proxy that ends the encryption.
  private func server() async throws -> TestServer {
    var configuration = RegistryConfiguration()
    configuration.publicAddress = WebOrigin(Self.address)
    configuration.trustedProxies = ["127.0.0.0/8"].compactMap { AddressRange($0) }
    configuration.webOrigins = [try #require(WebOrigin("https://example.org"))]
    return try await TestServer.start(configuration: configuration)
  }

  private func signedIn(_ server: TestServer) async throws -> TestBrowser {
    try await server.browser(of: "ada", origin: Self.address)
  }

  private static let sources: [(lines: [String], isOwn: Bool)] = [
    (["Origin: https://skills.example.org"], true), (["Origin: https://skills.example.org:443"], true),
    (["Sec-Fetch-Site: same-origin"], true), ([], false), (["Origin: null"], false), (["Origin: "], false),
    (["Origin: https://evil.example"], false), (["Origin: http://skills.example.org"], false),
    (["Origin: http://skills.example.org", "X-Forwarded-Proto: http"], false),
    (["Origin: https://skills.example.org:8443"], false), (["Origin: https://a.skills.example.org"], false),
    (["Origin: https://example.org"], false), (["Origin: https://skills.example.org.evil.example"], false),
    (["Origin: https://evil.example", "X-Forwarded-Host: evil.example"], false),
    (["Origin: https://evil.example", "Sec-Fetch-Site: same-origin"], false),
    (["Origin: https://skills.example.org", "Origin: https://evil.example"], false),
    (["Origin: null", "Sec-Fetch-Site: same-origin"], false), (["Sec-Fetch-Site: same-site"], false),
    (["Sec-Fetch-Site: cross-site"], false), (["Sec-Fetch-Site: none"], false),
    (["Referer: https://skills.example.org/settings/tokens"], false),
  ]

  @Test(arguments: sources)
  func `a change by cookie is made for a page of the registry alone`(lines: [String], isOwn: Bool) async throws {
    let server = try await server()
    var browser = try await signedIn(server)
    let answer = try await browser.submit("/logout", [], from: lines.map { $0 + "\r\n" }.joined())
    #expect(answer.status == (isOwn ? 303 : 403), "\(answer.text)")
    #expect(try await browser.get("/settings/tokens").status == (isOwn ? 303 : 200))
  }

  @Test func `no change of any page is made for another site`() async throws {
    let server = try await server()
    var browser = try await signedIn(server)
    for row in Endpoint.all where row.access.isForBrowsers && row.method != .get {
      let answer = try await browser.submit(row.route.path(["1"]), [], from: "Origin: https://example.org\r\n")
      #expect(answer.status == 403, "\(row.route)")
      #expect(answer.headers["set-cookie"] == nil && answer.headers["access-control-allow-origin"] == nil)
    }
    #expect(try await browser.get("/settings/tokens").status == 200)
  }

  @Test(arguments: ["https://skills.example.org", "https://example.org", "https://evil.example", "null"])
  func `a cookie is nothing to the API, wherever the request comes from`(origin: String) async throws {
    let server = try await server()
    let browser = try await signedIn(server)
    let cookie = browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    let headers: HTTPHeaders = ["Cookie": cookie, "Origin": origin]
    for row in Endpoint.all where [.publisher, .owner, .account].contains(row.access) {
      let path = row.route.path(["ada", "sample", "1.0.0"])
      let method = try #require(HTTPMethod(rawValue: row.method.rawValue))
      let answer = try await server.send(method, path, headers: headers)
      #expect(answer.status == 401, "\(row.route)")
      #expect(answer.headers["Access-Control-Allow-Credentials"] == nil)
    }
  }

  @Test func `a site that may read the API is told what it may send, and gets no cookie along`() async throws {
    let server = try await server()
    func preflight(_ path: String) async throws -> String {
      try await onThread {
        let connection = try RawConnection(port: server.port)
        connection.write(
          "OPTIONS \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: https://example.org\r\n"
            + "Access-Control-Request-Method: PUT\r\n\r\n")
        return connection.read().lowercased()
      }
    }
    let answer = try await preflight("/api/skills/a/b/versions/1.0.0/yank")
    #expect(answer.hasPrefix("http/1.1 204"), "\(answer)")
    #expect(answer.contains("access-control-allow-methods: put, delete\r\n"))
    for field in ["idempotency-key", "last-event-id", "x-session-key", "x-caller-agent-id"] {
      #expect(answer.contains(", \(field)"))
    }
    #expect(!answer.contains("access-control-allow-credentials"))
    #expect(try await preflight("/settings/tokens").hasPrefix("http/1.1 405"))
  }
}
