/// Where a quoted value of YAML ends, and whether its escapes are any.
enum QuotedText {
  /// The index after the closing quote, looking from the opening one on; nil when the quotes stay open.
  static func end(in lines: [Substring], quote: UInt8) -> (line: Int, index: Substring.Index)? {
    for (number, line) in lines.enumerated() {
      var index = line.startIndex
      if number == 0 { index = line.utf8.index(after: index) }
      while index < line.endIndex {
        let next = line.utf8.index(after: index)
        let byte = line.utf8[index]
        if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\"), next < line.endIndex {
          index = line.utf8.index(after: next)
        } else if byte == quote {
          guard quote == UInt8(ascii: "'"), next < line.endIndex, line.utf8[next] == quote else {
            return (number, next)
          }
          index = line.utf8.index(after: next)
        } else {
          index = next
        }
      }
    }
    return nil
  }

  /// Whether a backslash is followed by a character that double quotes give no meaning to (YAML 1.1, 5.6).
  static func hasBadEscape(_ text: Substring) -> Bool {
    var bytes = text.utf8[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = bytes.popFirst() else { continue }
      if !#"0abt\#tnvfre "/\N_LPxuU"#.utf8.contains(next) { return true }
    }
    return false
  }
}
