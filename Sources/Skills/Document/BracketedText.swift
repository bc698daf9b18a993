/// Where a value in brackets ends.
enum BracketedText {
  /// The index after the bracket that closes the first one; nil when it stays open.
  ///
  /// Brackets in quotes do not count.
  static func end(in lines: [Substring]) -> (line: Int, index: Substring.Index)? {
    var depth = 0
    var quote: UInt8?
    for (number, line) in lines.enumerated() {
      for index in line.utf8.indices {
        let byte = line.utf8[index]
        if quote != nil {
          if byte == quote { quote = nil }
          continue
        }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
        if depth == 0, quote == nil, byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
          return (number, line.utf8.index(after: index))
        }
      }
    }
    return nil
  }
}
