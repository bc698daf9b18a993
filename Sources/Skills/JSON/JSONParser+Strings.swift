extension JSONParser {
  /// The text of a string, up to and with its closing quote.
  mutating func string() throws(Fault) -> String {
    index += 1
    var text = ""
    while true {
      let start = index
      while index < bytes.count, !Self.isSpecial(bytes[index]) { index += 1 }
      let plain = String(decoding: bytes[start..<index], as: UTF8.self)
      if text.isEmpty { text = plain } else { text += plain }
      switch index < bytes.count ? bytes[index] : nil {
      case UInt8(ascii: "\""):
        index += 1
        return text
      case UInt8(ascii: "\\"): text += try escape()
      case nil: throw fault("a text has no closing quote")
      default: throw fault("a control character stands in a text")
      }
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20
  }

  private mutating func escape() throws(Fault) -> String {
    let start = index
    index += 2
    switch start + 1 < bytes.count ? bytes[start + 1] : 0 {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return String(try scalar(from: start))
    default: throw Fault(offset: start, reason: "a backslash has no escape after it")
    }
  }

  /// The scalar of `\uXXXX`, or of the two that are a surrogate pair.
  private mutating func scalar(from start: Int) throws(Fault) -> Unicode.Scalar {
    let fault = Fault(offset: start, reason: "a \\u escape is not a character")
    guard let first = unit() else { throw fault }
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[index...].starts(with: #"\u"#.utf8) else { throw fault }
    index += 2
    guard let second = unit(), (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { throw fault }
    return scalar
  }

  private mutating func unit() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    let digits = bytes[index..<index + 4]
    guard digits.allSatisfy(\.isHexDigit) else { return nil }
    index += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
