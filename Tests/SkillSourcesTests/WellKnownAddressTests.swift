import HTTPTransport
import Skills
import Testing

@testable import SkillSources

@Suite struct WellKnownAddressTests {
  private func resolve(
    _ reference: String, against document: String = "https://example.org/.well-known/agent-skills/index.json"
  ) throws -> String {
    try WellKnownAddress.resolve(reference, against: HTTPURL(parsing: document)).text
  }

  @Test(arguments: [
    "http://127.0.0.1/a", "https://127.0.0.1:8443/a", "http://localhost/a", "http://LOCALHOST:80/a",
    "https://localhost./a", "https://a.localhost/a", "http://[::1]/a", "https://[0:0:0:0:0:0:0:1]/a",
    "https://[::ffff:127.0.0.1]/a", "https://[::]/a", "https://127.1/a", "https://127.8.8.8/a", "https://2130706433/a",
    "https://0x7f.1/a", "https://0177.0.0.1/a", "https://0.0.0.0/a", "https://0/a", "//127.0.0.1/a", "//localhost/a",
  ])
  func `an index elsewhere does not point at this machine`(reference: String) throws {
    let error = #expect(throws: MeshError.self) { try resolve(reference) }
    #expect(error?.code == .networkError)
    #expect(error?.message.contains("points at this machine") == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    ("a.tar.gz", "https://example.org/.well-known/agent-skills/a.tar.gz"), ("/a", "https://example.org/a"),
    ("https://128.0.0.1/a", "https://128.0.0.1/a"), ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ("https://localhost.example.org/a", "https://localhost.example.org/a"),
    ("https://127.example.org/a", "https://127.example.org/a"),
  ])
  func `an index names what lies beside it and on other sites`(reference: String, address: String) throws {
    #expect(try resolve(reference) == address)
  }

  @Test func `an index on this machine names what lies on it`() throws {
    #expect(try resolve("a", against: "http://127.0.0.1:8080/index.json") == "http://127.0.0.1:8080/a")
    #expect(try resolve("http://localhost/a", against: "http://[::1]/index.json") == "http://localhost/a")
  }
}
