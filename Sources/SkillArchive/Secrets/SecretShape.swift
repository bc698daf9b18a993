#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells what was drawn at random from what a person wrote as an example.
enum SecretShape {
  private static let placeholders = [
    "example", "xxxx", "your", "placeholder", "changeme", "change-me", "dummy", "sample", "redacted", "0000000000",
    "****", "secret", "token", "test", "fake", "abcdefgh", "12345678",
    // Elided.
    "...", "…",
    // Passwords that people make up for a text, and names of keys in place of keys.
    "password", "securepass", "hardcoded", "abc123", "generate-", "private_key", "signature",
    // `"sub":"1234567890"` in base64, as in the example of the standard and of every page about web tokens.
    "ixmjm0nty3odkw",
  ]

  /// Whether an assigned value is plainly made up, or known to everybody.
  static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
    contains(value, anyOf: placeholders) || endsAsName(value) || isContractAddress(value)
  }

  /// `sk-or-v1-project1-key` names a key.
  private static func endsAsName(_ value: ArraySlice<UInt8>) -> Bool {
    let end = String(decoding: value.suffix(4), as: UTF8.self).lowercased()
    return end == "-key" || end == "_key"
  }

  /// `0x` and 40 digits name a token or an account on a chain, for everybody to read; a key has 64 digits.
  private static func isContractAddress(_ value: ArraySlice<UInt8>) -> Bool {
    value.count == 42 && value.starts(with: "0x".utf8) && value.dropFirst(2).allSatisfy(isHexadecimal)
  }

  /// Five groups of hexadecimal digits with hyphens between them (RFC 9562).
  static func isUUID(_ value: ArraySlice<UInt8>) -> Bool {
    let groups = value.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(isHexadecimal)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  /// Whether the body of a token is plainly made up: a word that says so could stand in a value by chance, but hardly
  /// in a token of known shape.
  static func isMadeUp(_ body: ArraySlice<UInt8>) -> Bool {
    contains(
      body,
      anyOf: [
        "example", "xxxx", "your", "placeholder", "redacted", "0000000000", "12345678", "abcdefgh",
        "ixmjm0nty3odkw",
      ])
  }

  private static func contains(_ bytes: ArraySlice<UInt8>, anyOf words: [String]) -> Bool {
    if Set(bytes).count < 8 { return true }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return words.contains { text.contains($0) }
  }

  /// Whether a value mixes letters and digits as only generated ones do: at least 3.5 bits a character.
  static func isRandom(_ value: ArraySlice<UInt8>) -> Bool {
    let hasDigit = value.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let hasLetter = value.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
    return hasDigit && hasLetter && entropy(of: value) >= 3.5
  }

  /// Bits a character by the frequencies in the value itself (Shannon).
  private static func entropy(of value: ArraySlice<UInt8>) -> Double {
    let counts = value.reduce(into: [UInt8: Double]()) { $0[$1, default: 0] += 1 }
    let total = Double(value.count)
    return counts.values.reduce(0) { $0 - $1 / total * log2($1 / total) }
  }
}
