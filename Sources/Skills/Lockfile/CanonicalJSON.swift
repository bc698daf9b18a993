import Foundation

/// JSON in the one form in which `skills.json` and `skills.lock` are written: two spaces, one value a line, keys in the
/// order given, a line feed at the end.
///
/// The same values give the same bytes on every platform, and a merge touches the lines of one skill alone.
enum CanonicalJSON {
  case string(String)
  case integer(Int)
  case bool(Bool)
  case array([CanonicalJSON])
  case object([(key: String, value: CanonicalJSON)])

  /// The whole file.
  var bytes: [UInt8] {
    var text = ""
    write(to: &text, indent: "")
    return Array((text + "\n").utf8)
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .string(let value): text += Self.quoted(value)
    case .integer(let value): text += String(value)
    case .bool(let value): text += value ? "true" : "false"
    case .array(let values):
      Self.list(values.map { ("", $0) }, "[", "]", to: &text, indent)
    case .object(let members):
      Self.list(members.map { (Self.quoted($0.key) + ": ", $0.value) }, "{", "}", to: &text, indent)
    }
  }

  private static func list(
    _ items: [(lead: String, value: CanonicalJSON)], _ opening: String, _ closing: String, to text: inout String,
    _ indent: String
  ) {
    guard !items.isEmpty else {
      text += opening + closing
      return
    }
    text += opening
    for (index, item) in items.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + indent + "  " + item.lead
      item.value.write(to: &text, indent: indent + "  ")
    }
    text += "\n" + indent + closing
  }

  private static func quoted(_ value: String) -> String {
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
}
