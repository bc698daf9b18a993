import Skills

/// Tells what a person wrote as an example, or for others to replace.
enum SecretExample {
  /// Names that say of their value that it opens nothing.
  private static let harmlessNames = [
    "fake", "dummy", "example", "mock", "sample", "invalid", "wrong", "bogus", "decoy", "honey", "placeholder",
  ]

  /// What no token of a known format holds unless somebody wrote it there.
  private static let tokenWords = [
    "example", "xxxx", "your", "placeholder", "redacted", "0000000000", "12345678", "abcdefgh", "notareal", "notreal",
    "fake", "dummy", "sample", "exposed", "invalid",
    // `"sub":"1234567890"` in base64, as in the example of the standard and of every page about web tokens.
    "ixmjm0nty3odkw",
  ]

  /// What is written into assigned values, too.
  private static let valueWords =
    tokenWords + [
      "changeme", "change-me", "change_me", "****", "secret", "token", "test", "wrong", "bogus", "hunter2", "foobar",
      "deadbeef", "qwerty", "asdfgh", "replace", "insert", "goes-here", "-here", "_here",
      // Elided.
      "...", "…",
      // Passwords that people make up for a text, and names of keys in place of keys.
      "password", "securepass", "hardcoded", "abc123", "generate-", "private_key", "signature",
    ]

  static func isName(_ name: String) -> Bool { harmlessNames.contains(where: name.contains) }

  /// Whether an assigned value is plainly made up.
  ///
  /// - Parameter isPassword: People choose those from words, so that words alone say nothing.
  static func isValue(_ value: ArraySlice<UInt8>, isPassword: Bool) -> Bool {
    contains(value, anyOf: valueWords) || endsAsName(value) || isCountedUp(value)
      || !isPassword && WordShare.of(value) >= 0.5
  }

  /// Whether the body of a token of a known format is plainly made up: a word could stand there by chance, but hardly
  /// more than half of it.
  static func isToken(_ body: ArraySlice<UInt8>) -> Bool {
    contains(body, anyOf: tokenWords) || isCountedUp(body) || WordShare.of(body, likeness: 0.8) >= 0.6
  }

  /// `sk-or-v1-project1-key` names a key.
  private static func endsAsName(_ value: ArraySlice<UInt8>) -> Bool {
    let end = String(decoding: value.suffix(4), as: UTF8.self).lowercased()
    return end == "-key" || end == "_key"
  }

  /// `a1b2c3d4e5f6`: its letters, or its digits, go up one by one.
  private static func isCountedUp(_ value: ArraySlice<UInt8>) -> Bool {
    let letters = value.filter { $0.isLetter }.map { $0 | 0x20 }
    let digits = Array(value.filter { $0.isDigit })
    return rises(letters, for: 6) || rises(digits, for: 7)
  }

  private static func rises(_ bytes: [UInt8], for count: Int) -> Bool {
    var length = 1
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      length = next == byte + 1 ? length + 1 : 1
      if length >= count { return true }
    }
    return false
  }

  private static func contains(_ bytes: ArraySlice<UInt8>, anyOf words: [String]) -> Bool {
    if Set(bytes).count < 8 { return true }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return words.contains { text.contains($0) }
  }
}
