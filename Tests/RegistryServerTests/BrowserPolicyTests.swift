import RegistryServer
import Testing

@Suite struct BrowserPolicyTests {
  @Test(arguments: [
    ("/", 200), ("/login", 200), ("/settings", 303), ("/nothing", 404), ("/authors/nobody", 404), ("/health", 200),
    ("/api/skills/acme/none", 404), ("/api/user/profile", 401), ("/api/search?limit=x", 422),
    ("/api/openapi.yaml", 200), ("/authors/acme/feed.atom", 200), ("/authors/acme/feed.json", 200),
    ("/api/skills/acme/sample/raw", 200), ("/api/skills/acme/sample/download", 200),
  ])
  func `no browser frames an answer, takes code from elsewhere for it, or guesses what it is`(
    path: String, status: Int
  ) async throws {
    let server = try await TestServer.start()
    try await server.publish("sample")
    var browser = TestBrowser(server)
    let answer = try await browser.get(path)
    #expect(answer.status == status)
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    let policy = try #require(answer.headers["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(policy.contains("frame-ancestors 'none'") || policy.contains("sandbox"))
  }

  @Test(arguments: [nil, "http://localhost:8080", "https://skills.example.org"], ["/", "/nothing", "/health"])
  func `browsers come back by HTTPS alone where the public address says so`(address: String?, path: String) async throws
  {
    var configuration = RegistryConfiguration()
    configuration.publicAddress = address.flatMap { WebOrigin($0) }
    let server = try await TestServer.start(configuration: configuration)
    var browser = TestBrowser(server)
    let field = try await browser.get(path).headers["strict-transport-security"]
    #expect(field == (address?.hasPrefix("https:") == true ? "max-age=31536000" : nil))
  }
}
