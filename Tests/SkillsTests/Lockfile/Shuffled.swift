@testable import Skills

/// A JSON text with its keys in another order and its blanks in other places.
enum Shuffled {
  static func text(of bytes: [UInt8], using generator: inout some RandomNumberGenerator) throws -> String {
    text(of: try JSONParser.parse(bytes), &generator)
  }

  private static func text(of node: JSONNode, _ generator: inout some RandomNumberGenerator) -> String {
    let gap = String(repeating: " ", count: Int.random(in: 0...2, using: &generator))
    switch node.kind {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .number(let text): return text
    case .string(let text): return quoted(text)
    case .array(let items):
      var texts: [String] = []
      for item in items { texts.append(gap + self.text(of: item, &generator)) }
      return "[" + texts.joined(separator: ",") + gap + "]"
    case .object(let members):
      var texts: [String] = []
      for member in members.shuffled(using: &generator) {
        texts.append(gap + quoted(member.key) + gap + ":" + text(of: member.value, &generator))
      }
      return "{" + texts.joined(separator: "\n,") + "}"
    }
  }

  /// Every character as an escape.
  private static func quoted(_ text: String) -> String {
    let units = text.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + units.joined() + "\""
  }
}
