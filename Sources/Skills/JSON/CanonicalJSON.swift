import FoundationSubset

/// JSON in the one form in which our files are written: two spaces, one value a line, keys in the order given, a line
/// feed at the end.
///
/// The same values give the same bytes on every platform, and a merge touches the lines of one skill alone.
package enum CanonicalJSON {
  case string(String)
  case integer(Int)
  case bool(Bool)
  case array([CanonicalJSON])
  case object([(key: String, value: CanonicalJSON)])

  /// The whole file.
  package var bytes: [UInt8] {
    var text = ""
    write(to: &text, indent: "\n")
    return Array((text + "\n").utf8)
  }

  /// - Parameter indent: A line feed and the spaces of the line on which the value stands.
  private func write(to text: inout String, indent: String) {
    switch self {
    case .string(let value): text += Self.quoted(value)
    case .integer(let value): text += String(value)
    case .bool(let value): text += value ? "true" : "false"
    case .array(let values):
      Self.list(values, "[", "]", to: &text, indent) { value, text, indent in value.write(to: &text, indent: indent) }
    case .object(let members):
      Self.list(members, "{", "}", to: &text, indent) { member, text, indent in
        text += Self.quoted(member.key)
        text += ": "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func list<Item>(
    _ items: [Item], _ opening: String, _ closing: String, to text: inout String, _ indent: String,
    _ write: (Item, inout String, String) -> Void
  ) {
    text += opening
    if !items.isEmpty {
      let inner = indent + "  "
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        text += inner
        write(item, &text, inner)
      }
      text += indent
    }
    text += closing
  }

  private static func quoted(_ value: String) -> String {
    guard value.utf8.contains(where: isEscaped) else { return "\"\(value)\"" }
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}
