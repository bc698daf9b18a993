/// An ignore file in the syntax of gitignore: patterns of which the last that matches decides.
package struct IgnoreRules: Hashable, Sendable {
  package enum Verdict: Hashable, Sendable {
    case ignored
    /// Brought back by a pattern that begins with `!`.
    case included
  }

  private let patterns: [IgnorePattern]

  package init(lines: [String]) {
    patterns = lines.compactMap { IgnorePattern(line: Array($0.utf8)) }
  }

  /// Reads a file: lines end with LF or CRLF, and a byte order mark is dropped.
  package init(parsing bytes: [UInt8]) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    patterns = lines.compactMap { IgnorePattern(line: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
  }

  /// What the rules say of this one path, its folders apart; nil when no pattern matches.
  package func verdict(on path: String, isFolder: Bool) -> Verdict? {
    let names = Array(path.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let pattern = patterns.last(where: { $0.matches(names, isFolder: isFolder) }) else { return nil }
    return pattern.isNegated ? .included : .ignored
  }

  /// Whether a pattern that begins with `!` spells out a path below `folder`.
  func includesSomething(below folder: String) -> Bool {
    let prefix = Array((folder + "/").utf8)
    return patterns.contains { $0.isNegated && $0.literalStart.starts(with: prefix) }
  }
}
