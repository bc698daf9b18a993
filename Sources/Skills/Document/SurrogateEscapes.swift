/// JSON escapes a character beyond U+FFFF as two surrogates, `"\ud83d\udda5"`, which the YAML library refuses although
/// YAML 1.2 takes every JSON text.
///
/// Each is read as the escape of another character, such as `\ue83d`: as long as before, so that every mark holds, and
/// put back afterwards, a pair as one character where it was an escape, and as it was where it was plain text. The
/// other characters are of a range that the text has none of.
struct SurrogateEscapes {
  /// What the library reads.
  private(set) var bytes: [UInt8]
  /// The first of the 2,048 characters that are read in place of the surrogates; nil where nothing was changed.
  private var base: UInt32?

  private static let surrogates: UInt32 = 0xD800
  private static let count: UInt32 = 0x800
  /// First digits that are letters, so that upper and lower case stay as they were written.
  private static let bases: [UInt32] = [0xE800, 0xC800, 0xB800, 0xA800]

  init(in bytes: [UInt8]) {
    self.bytes = bytes
    let starts = Self.surrogates(in: bytes)
    guard !starts.isEmpty, let base = Self.unusedBase(in: bytes) else { return }
    self.base = base
    for start in starts { self.bytes[start + 2] = Self.digit(bytes[start + 2], from: Self.surrogates, to: base) }
  }

  /// A scalar of the changed text as it was meant.
  ///
  /// - Returns: The text, in which U+FFFD stands for each surrogate without its other half; and whether none did.
  func restored(_ text: String) -> (text: String, isWhole: Bool) {
    guard let base else { return (text, true) }
    var result = String.UnicodeScalarView()
    var isWhole = true
    var high: UInt32?
    func endPair() {
      guard high != nil else { return }
      result.append("\u{FFFD}")
      (isWhole, high) = (false, nil)
    }
    for scalar in text.unicodeScalars {
      guard scalar.value >= base, scalar.value - base < Self.count else {
        endPair()
        result.append(scalar)
        continue
      }
      let offset = scalar.value - base
      if offset < 0x400 {
        endPair()
        high = offset
      } else if let first = high, let whole = Unicode.Scalar(0x10000 + first << 10 + offset - 0x400) {
        result.append(whole)
        high = nil
      } else {
        result.append("\u{FFFD}")
        isWhole = false
      }
    }
    endPair()
    return (Self.restoredLiterally(Array(String(result).utf8), from: base), isWhole)
  }

  /// Where the escape was not one, as in single quotes, it is text again.
  private static func restoredLiterally(_ bytes: [UInt8], from base: UInt32) -> String {
    var bytes = bytes
    for index in bytes.indices where isEscape(bytes[index...].prefix(6), from: base) {
      bytes[index + 2] = digit(bytes[index + 2], from: base, to: surrogates)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where escapes of surrogates begin, halves without the other one, too.
  private static func surrogates(in bytes: [UInt8]) -> [Int] {
    var starts: [Int] = []
    var index = 0
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "\\")) {
      let isSurrogate = isEscape(bytes[start...].prefix(6), from: surrogates)
      if isSurrogate { starts.append(start) }
      index = min(start + (isSurrogate ? 6 : 2), bytes.count)
    }
    return starts
  }

  /// The first of a range of which the text has no character, neither itself nor escaped.
  private static func unusedBase(in bytes: [UInt8]) -> UInt32? {
    let used = Set(String(decoding: bytes, as: UTF8.self).unicodeScalars.lazy.map { $0.value / count })
    return bases.first { base in
      !used.contains(base / count) && !bytes.indices.contains { isEscape(bytes[$0...].prefix(6), from: base) }
    }
  }

  /// The first digit of an escape in another range.
  private static func digit(_ digit: UInt8, from old: UInt32, to new: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: Int(digit) + Int(new >> 12) - Int(old >> 12))
  }

  /// Whether the bytes are `\u` and four digits of a number in the range that begins there.
  private static func isEscape(_ escape: ArraySlice<UInt8>, from base: UInt32) -> Bool {
    guard escape.count == 6, escape.starts(with: "\\u".utf8) else { return false }
    let value = UInt32(String(decoding: escape.dropFirst(2), as: UTF8.self), radix: 16)
    return value.map { (base..<base + count).contains($0) } ?? false
  }
}
