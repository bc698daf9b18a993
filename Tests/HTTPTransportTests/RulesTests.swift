import Testing

@testable import HTTPTransport

struct RedirectRuleTests {
  @Test(arguments: [
    ("https://a.test/x", "https://b.test/y", true), ("http://127.0.0.1:1/x", "https://b.test/", true),
    ("http://127.0.0.1:1/x", "http://127.0.0.1:2/y", true), ("http://localhost/x", "http://localhost/y", true),
    ("https://a.test/x", "http://a.test/x", false), ("https://a.test/", "http://127.0.0.1/", false),
    ("http://127.0.0.1/", "http://localhost/", false), ("http://127.0.0.1/", "http://b.test/", false),
    ("http://127.0.0.1/", "http://127.0.0.2/", false),
  ])
  func `leads to https or stays on its plain host`(from: String, to: String, isAllowed: Bool) throws {
    let request = Request(HTTPRequest(.get, try HTTPURL(parsing: from)))
    if isAllowed {
      #expect(try request.redirected(by: 302, to: to).url == HTTPURL(parsing: to))
    } else {
      let error = #expect(throws: TransportError.self) { try request.redirected(by: 302, to: to) }
      #expect(error?.code == .refusedRedirect)
    }
  }

  @Test(arguments: ["file:///etc/passwd", "ftp://a.test/", "javascript:1", "https://u:p@a.test/", ""])
  func `leads to no other scheme and carries no password`(location: String) throws {
    let request = Request(HTTPRequest(.get, try HTTPURL(parsing: "https://a.test/")))
    let error = #expect(throws: TransportError.self) { try request.redirected(by: 302, to: location) }
    #expect(error?.code == .refusedRedirect)
  }

  @Test(arguments: [
    (301, HTTPMethod.post, HTTPMethod.get), (302, .post, .get), (303, .post, .get), (303, .put, .get),
    (303, .head, .head),
    (301, .put, .put), (302, .delete, .delete), (307, .post, .post), (308, .post, .post), (301, .head, .head),
  ])
  func `changes the method as RFC 9110 says`(status: Int, method: HTTPMethod, expected: HTTPMethod) throws {
    let request = HTTPRequest(
      method, try HTTPURL(parsing: "https://a.test/"), headers: ["Content-Type": "t/t"], body: .bytes([1]))
    let next = try Request(request).redirected(by: status, to: "https://a.test/b")
    #expect(next.method == expected)
    #expect(next.body.isNone == (method != expected || status == 303 && method != .head))
    #expect((next.headers["Content-Type"] == nil) == next.body.isNone)
  }

  @Test(arguments: ["Authorization", "cookie", "Proxy-Authorization"])
  func `takes proofs of identity to no other origin`(name: String) throws {
    let request = HTTPRequest(.get, try HTTPURL(parsing: "https://a.test/"), headers: [name: "secret", "Accept": "a"])
    let away = try Request(request).redirected(by: 302, to: "https://b.test/")
    #expect(away.headers.fields.map(\.name) == ["Accept"])
    let home = try Request(request).redirected(by: 302, to: "https://a.test/b")
    #expect(home.headers[name] == "secret")
  }

  @Test func `takes data to no other origin`() throws {
    let request = Request(HTTPRequest(.post, try HTTPURL(parsing: "https://a.test/"), body: .bytes([1])))
    let error = #expect(throws: TransportError.self) { try request.redirected(by: 307, to: "https://b.test/") }
    #expect(error?.code == .refusedRedirect)
  }
}

struct RetryPolicyTests {
  @Test func `pauses double and stay below the longest`() {
    let policy = RetryPolicy(attempts: 9, baseDelay: .milliseconds(250), maximumDelay: .seconds(1))
    let pauses = (1...4).map { policy.delay(after: $0, retryAfter: nil, fraction: 1) }
    #expect(pauses == [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(1)])
  }

  @Test func `chance takes anything from nothing to the whole pause`() {
    let policy = RetryPolicy(baseDelay: .seconds(1))
    #expect(policy.delay(after: 1, retryAfter: nil, fraction: 0) == .zero)
    #expect(policy.delay(after: 1, retryAfter: nil, fraction: 0.25) == .milliseconds(250))
  }

  @Test func `waits as long as the server asks, but not longer than a minute`() {
    let policy = RetryPolicy.safeMethods
    #expect(policy.delay(after: 1, retryAfter: .seconds(60), fraction: 0) == .seconds(60))
    #expect(policy.delay(after: 1, retryAfter: .seconds(61), fraction: 0) == nil)
  }

  @Test func `a very high attempt does not overflow`() {
    #expect(RetryPolicy.safeMethods.delay(after: 10_000, retryAfter: nil, fraction: 1) == .seconds(10))
  }

  @Test(arguments: [
    (HTTPMethod.get, true), (.head, true), (.post, false), (.put, false), (.patch, false), (.delete, false),
  ])
  func `repeats only what changes nothing`(method: HTTPMethod, isRepeated: Bool) {
    #expect(RetryPolicy.safeMethods.allowsAnother(after: 1, of: method) == isRepeated)
    #expect(!RetryPolicy.safeMethods.allowsAnother(after: 3, of: method))
    #expect(RetryPolicy(includesUnsafeMethods: true).allowsAnother(after: 2, of: method))
  }
}

struct EnvironmentTests {
  @Test(
    arguments: [
      (["https_proxy": "p:1"], "https://a.test", "p:1"), (["HTTPS_PROXY": "p:1"], "https://a.test", "p:1"),
      (["https_proxy": "p:1", "HTTPS_PROXY": "p:2"], "https://a.test", "p:1"),
      (["http_proxy": "p:1"], "http://a.test", "p:1"),
      (["HTTP_PROXY": "p:1"], "http://a.test", nil), (["ALL_PROXY": "p:3"], "http://a.test", "p:3"),
      (["all_proxy": "p:3", "https_proxy": ""], "https://a.test", "p:3"),
      (["http_proxy": "p:1"], "https://a.test", nil),
      (["all_proxy": "p:1"], "http://127.0.0.1:5", nil), (["https_proxy": "p:1"], "https://localhost", nil),
      ([:], "https://a.test", nil),
    ] as [([String: String], String, String?)])
  func `finds the proxy as curl does`(environment: [String: String], url: String, expected: String?) throws {
    let origin = try HTTPURL(parsing: url).origin
    #expect(ProxySettings(environment: environment).address(for: origin) == expected)
  }

  @Test func `finds the certificates to trust`() {
    let trust = TrustSettings(environment: ["CURL_CA_BUNDLE": "", "SSL_CERT_FILE": "/f", "SSL_CERT_DIR": "/d"])
    #expect(trust.file == "/f")
    #expect(trust.folder == "/d")
    #expect(TrustSettings(environment: ["CURL_CA_BUNDLE": "/b", "SSL_CERT_FILE": "/f"]).file == "/b")
  }
}
