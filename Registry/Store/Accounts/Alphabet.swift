import Skills

/// The characters that secrets are made of.
struct Alphabet: Sendable {
  static let base62 = Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  /// No vowels, so that no word appears by chance (RFC 8628, section 6.1).
  static let consonants = Alphabet("BCDFGHJKLMNPQRSTVWXZ")

  private let characters: [UInt8]

  private init(_ text: StaticString) {
    characters = Array(text.description.utf8)
  }

  subscript(_ byte: UInt8) -> UInt8 { characters[Int(byte) % characters.count] }

  func contains(_ text: String) -> Bool { text.utf8.allSatisfy { characters.contains($0) } }

  /// Every character as likely as every other.
  func randomText(of length: Int) -> String {
    // Bytes above the last multiple would make some characters likelier than others.
    let limit = 256 - 256 % characters.count
    var text: [UInt8] = []
    while text.count < length {
      text += Randomness.bytes(length).filter { Int($0) < limit }.map { self[$0] }
    }
    return String(decoding: text.prefix(length), as: UTF8.self)
  }
}
