/// The one sanitizer for text that came from elsewhere and is shown to a person (terminal injection).
///
/// Controls, escape sequences, bidirectional and zero-width characters and tag characters appear as `\u{1B}`, so that
/// no name, description or server message can move the cursor, hide text or forge a prompt.
package enum TerminalText {
  /// `text` on one line with every unsafe scalar escaped, cut to `limit` characters when one is given.
  package static func escaped(_ text: String, limit: Int? = nil) -> String {
    escape(text, limit: limit) { _ in false }
  }

  /// As `escaped(_:limit:)`, but line feeds and tabs stay: for text that is shown as a block.
  package static func escapedBlock(_ text: String) -> String {
    escape(text, limit: nil) { $0 == "\n" || $0 == "\t" }
  }

  private static func escape(_ text: String, limit: Int?, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
    if text.utf8.count <= limit ?? .max, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      if let limit, count >= limit {
        result.append("…")
        break
      }
      count += 1
      if isKept(scalar) || !isUnsafe(scalar) {
        result.append(scalar)
      } else {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
      }
    }
    return String(result)
  }

  /// Whether a scalar is a control, a format character, a separator of lines, private or unassigned.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }
}
