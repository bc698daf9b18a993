/// Writes text as one value of YAML.
enum YAMLScalar {
  /// As it is when every reader takes it for the same text, else in double quotes.
  static func written(_ text: String) -> String {
    isPlainText(text) ? text : doubleQuoted(text)
  }

  static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where TerminalText.isUnsafe(scalar): result += escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value > 0xFFFF ? 8 : 4
    return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.utf8.count) + digits
  }

  /// Whether a plain value of YAML would be read as something else than text by some reader: a number, a truth value,
  /// nothing or a date.
  static func readsAsData(_ text: String) -> Bool {
    let lowered = text.lowercased()
    if words.contains(lowered) || Double(text) != nil { return true }
    guard let first = lowered.utf8.first else { return true }
    guard first.isDigit || "+-.".utf8.contains(first) else { return false }
    if (try? SemanticVersion(parsing: text)) != nil { return false }
    return lowered.utf8.allSatisfy { $0.isDigit || "+-._:xoabcdefinft".utf8.contains($0) }
  }

  private static let words: Set<String> = [
    "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "-.inf", "+.inf",
  ]

  private static func isPlainText(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic || isVersion(text) else {
      return false
    }
    if text.hasSuffix(":") || text.hasSuffix(" ") || text.contains(": ") || text.contains(" #") { return false }
    return !readsAsData(text) && !text.unicodeScalars.contains(where: TerminalText.isUnsafe)
  }

  private static func isVersion(_ text: String) -> Bool { (try? SemanticVersion(parsing: text)) != nil }
}
