import Foundation
import RegistryStore
import Skills
import Testing

@testable import RegistryServer

/// Signatures as others make and check them.
@Suite struct CallbackSignatureTests {
  private func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

  @Test func `codes are those of RFC 4231`() {
    let short = HMACSHA256.code(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(hexadecimal(short) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let long = HMACSHA256.code(
      of: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      key: [UInt8](repeating: 0xAA, count: 131))
    #expect(hexadecimal(long) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }

  @Test func `whoever has the key as it is shown can check a call`() throws {
    let (key, time) = (Secret(), Date(timeIntervalSince1970: 1_800_000_000.9))
    let fields = CallbackSignature.fields(id: "d1", at: time, body: #"{"a":1}"#, key: key)
    let shown = CallbackSignature.text(of: key)
    #expect(shown.hasPrefix("whsec_"))
    let bytes = try #require(Data(base64Encoded: String(shown.dropFirst(6))))
    let code = HMACSHA256.code(of: Array(#"d1.1800000000.{"a":1}"#.utf8), key: Array(bytes))
    #expect(fields["Webhook-Id"] == "d1" && fields["Webhook-Timestamp"] == "1800000000")
    #expect(fields["Webhook-Signature"] == "v1," + Data(code).base64EncodedString())
    #expect(!fields.values.contains { $0.contains(key.text) })
  }
}
