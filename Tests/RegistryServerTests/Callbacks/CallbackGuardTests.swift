import Skills
import TestSupport
import Testing

@testable import RegistryServer

/// Whom the registry may call on behalf of others.
@Suite struct CallbackGuardTests {
  private let open = CallbackGuard(privateOrigins: []) { _ in ["93.184.215.14"].compactMap { IPAddress($0) } }

  private func resolving(to addresses: [String], privateOrigins: Set<WebOrigin> = []) -> CallbackGuard {
    CallbackGuard(privateOrigins: privateOrigins) { _ in addresses.compactMap { IPAddress($0) } }
  }

  private func destination(_ text: String, _ policy: CallbackGuard) async throws -> String {
    try await policy.destination(of: CallbackURL(parsing: text)).description
  }

  @Test func `there are enough of them`() {
    #expect(Set(HostileHosts.literal).count == HostileHosts.literal.count)
    #expect(HostileHosts.literal.count >= 120)
  }

  @Test(arguments: HostileHosts.literal)
  func `a host that is, or may be, a private one is refused whatever names lead to`(host: String) async {
    for port in ["", ":8443"] {
      await #expect(throws: MeshError.self) { _ = try await destination("https://\(host)\(port)/x", open) }
    }
  }

  @Test(arguments: [
    "http://hooks.example.org/", "ftp://hooks.example.org/", "https://hooks.example.org:80/",
    "https://hooks.example.org:22/", "https://hooks.example.org:0/", "https://hooks.example.org:65536/",
    "https://hooks.example.org:443:443/", "https:hooks.example.org", "//hooks.example.org/", "https://",
    "https://hooks.example.org/a b", "https://hooks.example.org/\u{0}", "https://hooks.example.org/\n",
    "javascript:x", "gopher://hooks.example.org/", "https://hooks.example.org/\u{202E}",
  ])
  func `another scheme or port, and what is no address, is refused`(text: String) async {
    await #expect(throws: MeshError.self) { _ = try await destination(text, open) }
  }

  @Test(arguments: [
    "https://hooks.example.org", "https://hooks.example.org/a?b=//c", "https://hooks.example.org:443/",
    "https://hooks.example.org:8443/x", "https://xn--exmple-cua.org/", "https://HOOKS.example.org/",
  ])
  func `a name on the open network is called where its address is`(text: String) async throws {
    #expect(try await destination(text, open) == "93.184.215.14")
  }

  @Test func `a public address is itself`() async throws {
    let nobody = resolving(to: [])
    #expect(try await destination("https://8.8.8.8/", nobody) == "8.8.8.8")
    #expect(try await destination("https://[2606:4700:4700::1111]:8443/", nobody) == "2606:4700:4700::1111")
  }

  @Test(arguments: [
    [], ["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["2606:4700:4700::1111", "::1"], ["8.8.8.8", "fd00::1"],
    ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["169.254.169.254"], ["100.100.100.200"],
  ])
  func `a name of which any address is private, or that has none, is refused`(addresses: [String]) async {
    await #expect(throws: MeshError.self) {
      _ = try await destination("https://hooks.example.org/", resolving(to: addresses))
    }
  }

  @Test func `what the operator names is called, and nothing beside it`() async throws {
    let origin = try #require(WebOrigin("http://hooks.internal:8080"))
    let policy = resolving(to: ["10.0.0.1"], privateOrigins: [origin])
    #expect(try await destination("http://hooks.internal:8080/x", policy) == "10.0.0.1")
    for other in ["http://hooks.internal/", "https://hooks.internal:8080/", "http://other.internal:8080/"] {
      await #expect(throws: MeshError.self) { _ = try await destination(other, policy) }
    }
  }

  @Test func `the system knows the addresses of this machine`() async throws {
    let resolver = SystemResolver()
    #expect(try await resolver.addresses(of: "127.0.0.1").map(\.description).contains("127.0.0.1"))
  }
}
