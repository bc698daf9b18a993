/// One line of block-style YAML, cut where its value starts: `key: value`, `- key: value` or `- value`.
struct YAMLLine {
  /// How far the key, or the item, is indented, in bytes.
  let indentation: Int
  /// Whether the value follows a key, and not only a hyphen.
  let hasKey: Bool
  /// All before the value.
  let front: Substring
  /// The value with what follows it on the line, trailing spaces removed; empty when there is none.
  let value: Substring

  /// Nil for a line that holds neither a key nor an item.
  init?(_ line: String) {
    var rest = line.drop(while: Self.isBlank)
    var sawHyphen = false
    while rest.hasPrefix("- ") {
      rest = rest.dropFirst(2).drop(while: Self.isBlank)
      sawHyphen = true
    }
    if rest.isEmpty || rest.hasPrefix("#") { return nil }
    indentation = line.utf8.distance(from: line.startIndex, to: rest.startIndex)
    let start: Substring
    if let colon = Self.colon(afterKeyIn: rest) {
      start = rest[rest.utf8.index(after: colon)...].drop(while: Self.isBlank)
      hasKey = true
    } else if sawHyphen {
      start = rest
      hasKey = false
    } else {
      return nil
    }
    front = line[..<start.startIndex]
    value = start.trimmingBlanks
  }

  /// The colon that ends a key: the first with a blank, or nothing, after it, and behind the quotes of a quoted key.
  private static func colon(afterKeyIn text: Substring) -> Substring.Index? {
    var body = text
    if let quote = text.utf8.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      guard let end = text.utf8.dropFirst().firstIndex(of: quote) else { return nil }
      body = text[text.utf8.index(after: end)...]
      guard body.utf8.first == UInt8(ascii: ":") else { return nil }
    } else if let first = text.utf8.first, "[{|>@`%&*!".utf8.contains(first) {
      return nil
    }
    return body.indexOfKeyColon
  }

  private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}

extension Substring {
  /// The first colon that has a blank, or nothing, after it.
  var indexOfKeyColon: Substring.Index? {
    utf8.indices.first { index in
      guard utf8[index] == UInt8(ascii: ":") else { return false }
      let next = utf8.index(after: index)
      return next == utf8.endIndex || utf8[next] == UInt8(ascii: " ") || utf8[next] == UInt8(ascii: "\t")
    }
  }

  var trimmingBlanks: Substring { drop { $0 == " " || $0 == "\t" }.trimmingTrailingBlanks }

  var trimmingTrailingBlanks: Substring {
    var trimmed = self
    while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
    return trimmed
  }
}
