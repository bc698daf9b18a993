import Testing

@testable import HTTPTransport

struct WebSocketHandshakeTests {
  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
    (String(repeating: "a", count: 64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
  ])
  func `SHA-1 gives the digests of its standard`(text: String, digest: String) {
    let hex = SHA1.digest(of: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hex == digest)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
  func `Base64 is that of RFC 4648`(text: String, encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
  }

  @Test func `key and acceptance are those of the example in RFC 6455`() {
    let handshake = WebSocketHandshake(protocols: [], nonce: Array("the sample nonce".utf8))
    #expect(handshake.key == "dGhlIHNhbXBsZSBub25jZQ==")
    #expect(handshake.acceptance == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  @Test(arguments: [
    ("ws://127.0.0.1:1/ws?a=b", "http://127.0.0.1:1/ws?a=b"), ("WSS://Host/", "https://host/"),
    ("https://host/ws", "https://host/ws"), ("http://localhost/", "http://localhost/"),
  ])
  func `a WebSocket address is read as the one that it is opened with`(text: String, expected: String) throws {
    #expect(try HTTPURL(webSocket: text).text == expected)
  }

  @Test(arguments: ["wsx://host/", "ws:/host", "ftp://host/", "ws://user@host/", "ws"])
  func `anything else is no WebSocket address`(text: String) {
    let error = #expect(throws: TransportError.self) { try HTTPURL(webSocket: text) }
    #expect(error?.code == .invalidURL)
  }
}
