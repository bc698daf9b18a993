/// Decides whether one value needs quotes to be YAML, and puts them around it.
enum ScalarRepair {
  /// The value with quotes, line by line, or nil when it should stay as it is.
  ///
  /// - Parameter lines: the value from its first character on, and the lines that continue it.
  static func mended(_ lines: [Substring], hasKey: Bool) -> [String]? {
    guard let first = lines.first?.utf8.first else { return nil }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return mendedQuotes(lines, quote: first)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      return hasTextAfterBrackets(lines) ? quoted(lines) : nil
    default:
      return isBrokenPlain(lines, first: first, hasKey: hasKey) ? quoted(lines) : nil
    }
  }

  private static func isBrokenPlain(_ lines: [Substring], first: UInt8, hasKey: Bool) -> Bool {
    let second = lines[0].utf8.dropFirst().first
    if isProperty(first: first, second: second) { return false }
    if hasKey, lines.contains(where: { $0.trimmingBlanks.indexOfKeyColon != nil }) { return true }
    switch first {
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"), UInt8(ascii: ","), UInt8(ascii: "]"),
      UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: ">"):
      return true
    case UInt8(ascii: "*"), UInt8(ascii: "&"):
      return true
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      return hasKey && second == UInt8(ascii: " ")
    default:
      return false
    }
  }

  /// A tag, and an anchor or alias with a name, is refused, not mended: quotes would let it through as text.
  private static func isProperty(first: UInt8, second: UInt8?) -> Bool {
    switch first {
    case UInt8(ascii: "!"): true
    case UInt8(ascii: "*"), UInt8(ascii: "&"):
      second.map { VersionGrammar.isIdentifier($0) || $0 == UInt8(ascii: "_") } ?? false
    default: false
    }
  }

  private static func mendedQuotes(_ lines: [Substring], quote: UInt8) -> [String]? {
    guard let end = QuotedText.end(in: lines, quote: quote) else { return quoted(lines) }
    let rest = lines[end.line][end.index...].trimmingBlanks
    guard rest.isEmpty || rest.hasPrefix("#"), lines[(end.line + 1)...].allSatisfy(\.trimmingBlanks.isEmpty) else {
      return quoted(lines)
    }
    guard quote == UInt8(ascii: "\""), lines.count == 1, QuotedText.hasBadEscape(lines[0]) else { return nil }
    let inner = lines[0][..<end.index].dropFirst().dropLast()
    let literal = inner.split(separator: "\\\"", omittingEmptySubsequences: false).joined(separator: "\"")
    return quoted([literal[...]])
  }

  private static func hasTextAfterBrackets(_ lines: [Substring]) -> Bool {
    guard let end = BracketedText.end(in: lines) else { return false }
    let rest = lines[end.line][end.index...].trimmingBlanks
    return !rest.isEmpty && !rest.hasPrefix("#")
  }

  /// Single quotes around all lines, those inside doubled: lines fold as they would have without quotes.
  private static func quoted(_ lines: [Substring]) -> [String] {
    var result = lines.map { $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") }
    result[0] = "'" + result[0]
    result[result.count - 1] = String(result[result.count - 1][...].trimmingTrailingBlanks) + "'"
    return result
  }
}
