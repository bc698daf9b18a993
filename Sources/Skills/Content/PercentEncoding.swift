/// Percent-encoding of parts of addresses (RFC 3986, section 2): everything but unreserved characters.
package enum PercentEncoding {
  /// - Parameter others: Characters that stay as they are, too.
  package static func component(_ text: String, keeping others: String = "") -> String {
    var result = ""
    for byte in text.utf8 {
      if byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte) || others.utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  /// As `component(_:keeping:)`, but `/` stays.
  package static func path(_ text: String) -> String { component(text, keeping: "/") }

  /// The text behind percent-encoding; nil when an escape is broken or the bytes are not UTF-8.
  ///
  /// - Parameter keepsBroken: Whether a broken escape stays as it is instead.
  package static func decode(_ text: String, keepingBroken keepsBroken: Bool = false) -> String? {
    if !text.utf8.contains(UInt8(ascii: "%")) { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      if digits.count == 2, digits.allSatisfy(\.isHexDigit),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else if keepsBroken {
        bytes.append(byte)
      } else {
        return nil
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
