/// JSON escapes a character beyond U+FFFF as two surrogates, `"\ud83d\udda5"`, which the YAML library refuses although
/// YAML 1.2 takes every JSON text.
///
/// Each pair is read as the escapes of two private characters, `\ue83d\ueda5`: as long as before, so that every mark
/// holds, and put back afterwards, as one character where it was an escape and as it was where it was plain text. A
/// text that has such private characters itself is left alone.
struct SurrogateEscapes {
  /// What the library reads.
  private(set) var bytes: [UInt8]
  private var isChanged = false

  init(in bytes: [UInt8]) {
    self.bytes = bytes
    var index = 0
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "\\")) {
      if Self.isEscape(bytes[start...].prefix(6), from: 0xD800, to: 0xDBFF),
        Self.isEscape(bytes[start...].dropFirst(6).prefix(6), from: 0xDC00, to: 0xDFFF)
      {
        // One more than 'd' or 'D' is 'e' or 'E'.
        self.bytes[start + 2] += 1
        self.bytes[start + 8] += 1
        isChanged = true
        index = start + 12
      } else {
        index = min(start + 2, bytes.count)
      }
    }
    if isChanged, Self.hasPrivateCharacters(bytes) { (self.bytes, isChanged) = (bytes, false) }
  }

  /// A scalar of the changed text as it was meant.
  func restored(_ text: String) -> String {
    guard isChanged else { return text }
    var result = String.UnicodeScalarView()
    var high: UInt32?
    for scalar in text.unicodeScalars {
      switch (scalar.value, high) {
      case (0xE800...0xEBFF, _): high = scalar.value - 0xE800
      case (0xEC00...0xEFFF, let first?):
        if let whole = Unicode.Scalar(0x10000 + first << 10 + scalar.value - 0xEC00) { result.append(whole) }
        high = nil
      default: result.append(scalar)
      }
    }
    return Self.restoredLiterally(Array(String(result).utf8))
  }

  /// Where the escape was not one, as in single quotes, it is text again.
  private static func restoredLiterally(_ bytes: [UInt8]) -> String {
    var bytes = bytes
    for index in bytes.indices where isPrivate(bytes[index...].prefix(6)) { bytes[index + 2] -= 1 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hasPrivateCharacters(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { index in
      isPrivate(bytes[index...].prefix(6)) || bytes[index] == 0xEE && (bytes.dropFirst(index + 1).first ?? 0) >= 0xA0
    }
  }

  private static func isPrivate(_ escape: ArraySlice<UInt8>) -> Bool {
    isEscape(escape, from: 0xE800, to: 0xEFFF)
  }

  /// Whether the bytes are `\u` and four digits of a number in that range.
  private static func isEscape(_ escape: ArraySlice<UInt8>, from first: UInt32, to last: UInt32) -> Bool {
    guard escape.count == 6, escape.starts(with: "\\u".utf8) else { return false }
    let value = UInt32(String(decoding: escape.dropFirst(2), as: UTF8.self), radix: 16)
    return value.map { (first...last).contains($0) } ?? false
  }
}
