import Testing

@testable import HTTPTransport

struct CredentialTests {
  private let secret = "ah_canary0123456789"

  private func credential() throws -> Credential {
    try Credential(token: secret, for: HTTPURL(parsing: "https://example.org").origin)
  }

  @Test func `shows a constant however it is printed`() throws {
    let credential = try credential()
    var request = HTTPRequest(.get, try HTTPURL(parsing: "https://example.org/x"))
    request.credential = credential
    var dumped = ""
    dump(request, to: &dumped)
    dump(credential, to: &dumped)
    for text in ["\(credential)", String(reflecting: credential), "\(request)", String(reflecting: request), dumped] {
      #expect(!text.contains(secret))
    }
  }

  @Test(arguments: [
    ("https://example.org/any", true), ("https://EXAMPLE.org:443/", true), ("http://example.org/", false),
    ("https://example.org:444/", false), ("https://www.example.org/", false), ("https://example.org.evil.test/", false),
  ])
  func `is for one origin only`(text: String, expected: Bool) throws {
    let destination = try HTTPURL(parsing: text).origin
    #expect((try credential().authorization(for: destination) != nil) == expected)
  }

  @Test(arguments: ["", "a b", "a\r\nX-Injected: 1", "a\0", "t\u{F6}ken"])
  func `refuses a token that no header can carry`(token: String) throws {
    let origin = try HTTPURL(parsing: "https://example.org").origin
    #expect(throws: TransportError.self) { try Credential(token: token, for: origin) }
  }
}
