import Foundation
import Skills
import Testing

@Suite struct DigestTests {
  static let ofABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func `is SHA-256`() {
    #expect(Digest(of: Array("abc".utf8)).description == Self.ofABC)
    #expect(Digest(of: []).hexadecimal == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `is the same however the bytes arrive`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var hasher = Digest.Hasher()
    for start in stride(from: 0, to: bytes.count, by: 7) {
      hasher.update(bytes[start..<min(start + 7, bytes.count)])
    }
    #expect(hasher.finalize() == Digest(of: bytes))
    #expect(Digest(of: AnySequence(bytes)) == Digest(of: bytes))
  }

  @Test func `is read with and without its prefix`() throws {
    let digest = try #require(Digest(Self.ofABC))
    #expect(Digest(digest.hexadecimal) == digest)
    #expect(Digest(raw: digest.bytes) == digest)
    let data = try JSONEncoder().encode([digest])
    #expect(try JSONDecoder().decode([String].self, from: data) == [Self.ofABC])
    #expect(try JSONDecoder().decode([Digest].self, from: data) == [digest])
  }

  @Test(arguments: [
    "", "sha256:", "sha256:" + String(repeating: "0", count: 63), "sha256:" + String(repeating: "0", count: 65),
    "sha256:" + String(repeating: "A", count: 64), "sha512:" + String(repeating: "0", count: 64),
    "SHA256:" + String(repeating: "0", count: 64), String(repeating: "g", count: 64),
    " " + String(repeating: "0", count: 63), "sha256:sha256:" + String(repeating: "0", count: 64),
  ])
  func `refuses what is no digest`(text: String) {
    #expect(Digest(text) == nil)
    let data = Data("[\"\(text)\"]".utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Digest].self, from: data) }
  }

  @Test func `takes 32 raw bytes and no other number`() {
    #expect(Digest(raw: Array(repeating: 1, count: 31)) == nil)
    #expect(Digest(raw: Array(repeating: 1, count: 32)) != nil)
  }

  @Test func `random bytes are as many as asked for and never the same`() {
    #expect(Randomness.bytes(30).count == 30)
    #expect(Randomness.bytes(30) != Randomness.bytes(30))
  }
}
