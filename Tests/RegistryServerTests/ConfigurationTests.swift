import Foundation
import RegistryAPI
import Testing

@testable import RegistryServer

/// What an operator decides, in a file and in the environment.
@Suite struct ConfigurationTests {
  @Test func `without a file everything has a value that works on this machine`() throws {
    let configuration = try RegistryConfiguration(file: nil, environment: [:])
    #expect(configuration.publicAddress == nil)
    #expect(configuration.signUp == .closed)
    #expect(configuration.trustedProxies.isEmpty && configuration.webOrigins.isEmpty)
    #expect(Set(configuration.limits.rates.keys) == Set(RateClass.allCases))
  }

  @Test func `a file decides, and the environment before it`() throws {
    let file = """
      # Ours.
      public_address = https://Skills.Example.org/
        sign_up=open

      trusted_proxies = 10.0.0.0/8, ::1
      web_origins = https://example.org, http://localhost:3000
      name = Acme's skills = ours
      rate_sign_in = 5/hour
      connections_per_address = 7
      """
    let configuration = try RegistryConfiguration(
      file: file, environment: ["AGENT_MESH_REGISTRY_SIGN_UP": "invitation", "AGENT_MESH_REGISTRY": "http://x"])
    #expect(configuration.publicAddress?.description == "https://skills.example.org")
    #expect(configuration.signUp == .invitation)
    #expect(configuration.trustedProxies.map(\.description) == ["10.0.0.0/8", "::1"])
    #expect(configuration.webOrigins.count == 2)
    #expect(configuration.name == "Acme's skills = ours")
    #expect(configuration.limits.rates[.signIn] == Rate(5, perSeconds: 3_600))
    #expect(configuration.limits.connectionsPerAddress == 7)
  }

  @Test(arguments: [
    ("nothing", "line 1"), ("\nunknown = 1", "line 2"), ("sign_up = yes", "line 1"), ("public_address = x", "line 1"),
    ("public_address = http://example.org", "line 1"), ("public_address = https://a.org/path", "line 1"),
    ("public_address = https://user@a.org", "line 1"), ("trusted_proxies = 10.0.0.0/33", "line 1"),
    ("trusted_proxies = proxy", "line 1"), ("web_origins = *", "line 1"), ("rate_read = 0/hour", "line 1"),
    ("terms = http://a.org", "line 1"), ("terms = javascript:x", "line 1"), ("terms = https://", "line 1"),
    ("security_contact = ada@a.org", "line 1"), ("security_contact = mailto:a b@a.org", "line 1"),
    ("rate_read = 5/week", "line 1"), ("name =", "line 1"), ("connections_per_address = 0", "line 1"),
    ("sign_up = open\nsign_up = closed", "line 2"), ("trusted_proxies = 10.0.0.1 2", "line 1"),
    ("connections_per_address = many", "line 1"), ("sign_up", "line 1"),
  ])
  func `what cannot be used is named by its line`(file: String, source: String) {
    #expect { try RegistryConfiguration(file: file, environment: [:]) } throws: {
      ($0 as? ConfigurationFaults)?.all.map(\.source) == [source]
    }
  }

  @Test func `everything that is wrong is told at once, line by line, with its key`() {
    let file = """
      sign_up = everybody
      # A comment.
      name = Ours
      colour = red
      name = Theirs
      rate_read = \u{1B}[2J
      """
    let environment = ["AGENT_MESH_REGISTRY_CONNECTIONS_PER_ADDRESS": "none"]
    #expect { try RegistryConfiguration(file: file, environment: environment) } throws: { error in
      guard let faults = (error as? ConfigurationFaults)?.all else { return false }
      let told = faults.map(\.description)
      let expected = [
        ["line 1", "sign_up", "everybody"], ["line 4", "colour"], ["line 5", "name", "line 3"],
        ["line 6", "rate_read"],
        ["AGENT_MESH_REGISTRY_CONNECTIONS_PER_ADDRESS", "connections_per_address", "none"],
      ]
      let isWhole = zip(told, expected).allSatisfy { told, words in words.allSatisfy { told.contains($0) } }
      return told.count == expected.count && isWhole && !told.contains { $0.contains("\u{1B}") }
    }
  }

  @Test func `a file of another system is read, too`() throws {
    let configuration = try RegistryConfiguration(
      file: "\u{FEFF}name = Ours\r\nsign_up = open\r\n", environment: [:])
    #expect(configuration.name == "Ours")
    #expect(configuration.signUp == .open)
  }

  @Test func `variables that are no keys are known, and are no fault`() throws {
    let environment = [
      "AGENT_MESH_REGISTRY": "http://x", "AGENT_MESH_REGISTRY_SIGNUP": "open", "AGENT_MESH_REGISTRY_SIGN_UP": "open",
      "AGENT_MESH_REGISTRY_PORT": "tcp://10.0.0.1:7117",
    ]
    _ = try RegistryConfiguration(file: nil, environment: environment)
    let stray = ConfigurationKey.strayVariables(in: environment)
    #expect(stray == ["AGENT_MESH_REGISTRY_PORT", "AGENT_MESH_REGISTRY_SIGNUP"])
  }

  @Test func `a variable that cannot be used is named`() {
    #expect { try RegistryConfiguration(file: nil, environment: ["AGENT_MESH_REGISTRY_NAME": ""]) } throws: {
      ($0 as? ConfigurationFaults)?.all.map(\.source) == ["AGENT_MESH_REGISTRY_NAME"]
    }
  }

  @Test func `what is in force, written down, decides the same`() throws {
    let first = try RegistryConfiguration(file: "sign_up = open\nweb_origins = https://a.org", environment: [:])
    let values = ConfigurationKey.all.map { ($0.name, $0.value(in: first)) }
    let file = values.filter { !$0.1.isEmpty }.map { "\($0) = \($1)" }.joined(separator: "\n")
    let second = try RegistryConfiguration(file: file, environment: [:])
    #expect(ConfigurationKey.all.map { $0.value(in: second) } == values.map(\.1))
  }

  @Test func `every key is documented, and nothing that is none`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/registry.md"), encoding: .utf8)
    let section = try #require(
      page.components(separatedBy: "\n## Configuration\n").last?.components(separatedBy: "\n## ").first)
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    let expected = ConfigurationKey.all.map { key in
      "| `\(key.name)` | \(key.meaning) | \(key.value(in: RegistryConfiguration())) |"
    }
    #expect(rows.sorted() == expected.sorted())
  }
}

/// Addresses and names by which machines and sites are told apart.
@Suite struct AddressTests {
  @Test(arguments: [
    ("https://a.org", "https://a.org"), ("https://A.org:443/", "https://a.org"), ("http://a.org:80", "http://a.org"),
    ("http://a.org:443", "http://a.org:443"), ("http://[::1]:7117", "http://[::1]:7117"), ("null", nil), ("", nil),
    ("a.org", nil), ("ftp://a.org", nil), ("https://a.org/x", nil), ("https://a.org:0", nil),
    ("https://a.org:65536", nil), ("https://a b", nil), ("https://a.org\n", nil), ("https://a.org?x", nil),
  ])
  func `an origin is read as browsers write it`(text: String, origin: String?) {
    #expect(WebOrigin(text)?.description == origin)
  }

  @Test(arguments: [
    ("localhost", true), ("127.0.0.1", true), ("127.1.2.3", true), ("[::1]", true), ("127.0.0.1.evil.org", false),
    ("127.evil.org", false), ("localhost.evil.org", false), ("10.0.0.1", false), ("127.0.0.1x", false),
    ("127.0.0", false),
  ])
  func `this machine has names that nobody else has`(host: String, isLoopback: Bool) {
    #expect(WebOrigin("http://\(host)")?.isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.1.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.1", "10.0.0.1", true),
    ("10.0.0.1", "10.0.0.2", false), ("192.168.1.128/25", "192.168.1.127", false), ("0.0.0.0/0", "8.8.8.8", true),
    ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
    ("127.0.0.0/8", "::ffff:127.0.0.1", true), ("0.0.0.0/0", "2001:db8::1", false),
  ])
  func `a range has the addresses that begin with its bits`(range: String, address: String, isIn: Bool) throws {
    let found = try #require(AddressRange(range)).contains(try #require(IPAddress(address)))
    #expect(found == isIn)
  }

  @Test(arguments: [
    ("/settings", "/settings"), ("/auth/device?code=BCDF-GHJK", "/auth/device?code=BCDF-GHJK"), ("", "/"),
    ("//evil.org", "/"), ("/\\evil.org", "/"), ("https://evil.org", "/"), ("evil", "/"), ("/\t/evil.org", "/"),
    ("/a\nb", "/"), ("/a\r\nSet-Cookie: x", "/"), ("javascript:alert(1)", "/"), ("/\u{202E}", "/"), (" /a", "/"),
    ("/\u{301}/evil.org", "/"), ("\\/evil.org", "/"), ("/a b", "/"),
  ])
  func `after signing in nobody is led to another site`(text: String, path: String) {
    #expect(ReturnPath(text).path == path)
  }

  @Test(arguments: ["a=1&a=2", "a=%zz", "a=%ff", "%=1"])
  func `a form that could be read in two ways is refused`(text: String) {
    #expect(throws: (any Error).self) { try FormFields(Array(text.utf8)).one("a") }
  }

  @Test func `fields of a form come as they were typed`() throws {
    let fields = try FormFields(Array("a=x+y%2B%C3%BC&b&c=1&c=2&&d=a=b".utf8))
    #expect(try fields.one("a") == "x y+ü")
    #expect(try fields.one("b") == "")
    #expect(fields.all("c") == ["1", "2"])
    #expect(try fields.one("d") == "a=b")
    #expect(try fields.one("missing") == nil)
  }
}
