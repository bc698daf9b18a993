/// Tells, byte by byte, whether bytes can be UTF-8 (RFC 3629, 4), so that the first wrong one is seen at once.
struct UTF8Validator: Sendable {
  /// Continuation bytes that the current character still needs.
  private var missing = 0
  /// What the next of them may be: after some leading bytes less than all.
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// Whether the bytes so far end with a whole character.
  var isComplete: Bool { missing == 0 }

  /// False when the bytes are not UTF-8, whatever follows.
  mutating func accept(_ bytes: [UInt8]) -> Bool {
    for byte in bytes where byte >= 0x80 || missing > 0 {
      guard missing == 0 ? begin(byte) : proceed(byte) else { return false }
    }
    return true
  }

  private mutating func begin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC2...0xDF: missing = 1
    case 0xE0...0xEF: missing = 2
    case 0xF0...0xF4: missing = 3
    default: return false
    }
    switch byte {
    // Longer than need be.
    case 0xE0: allowed = 0xA0...0xBF
    case 0xF0: allowed = 0x90...0xBF
    // Surrogates, and what lies beyond the last character.
    case 0xED: allowed = 0x80...0x9F
    case 0xF4: allowed = 0x80...0x8F
    default: allowed = 0x80...0xBF
    }
    return true
  }

  private mutating func proceed(_ byte: UInt8) -> Bool {
    guard allowed.contains(byte) else { return false }
    missing -= 1
    allowed = 0x80...0xBF
    return true
  }
}
