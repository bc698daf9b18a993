/// What stands in brackets: single bytes, ranges and classes such as `[:digit:]`, or everything but those.
struct ByteSet: Hashable, Sendable {
  private var members: Set<UInt8> = []
  private let isNegated: Bool

  /// Reads up to the closing bracket, which the opening one came before; nil when there is none.
  init?(parsing text: inout ArraySlice<UInt8>) {
    isNegated = text.first == UInt8(ascii: "!") || text.first == UInt8(ascii: "^")
    if isNegated { text = text.dropFirst() }
    var isFirst = true
    while let byte = text.popFirst() {
      if byte == UInt8(ascii: "]"), !isFirst { return }
      isFirst = false
      if byte == UInt8(ascii: "["), text.first == UInt8(ascii: ":") {
        guard takeClass(from: &text) else { return nil }
      } else {
        guard takeRange(from: byte, &text) else { return nil }
      }
    }
    return nil
  }

  func contains(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "/") && members.contains(byte) != isNegated
  }

  private mutating func takeRange(from first: UInt8, _ text: inout ArraySlice<UInt8>) -> Bool {
    guard let lower = Self.literal(first, &text) else { return false }
    guard text.first == UInt8(ascii: "-"), let next = text.dropFirst().first, next != UInt8(ascii: "]") else {
      members.insert(lower)
      return true
    }
    text = text.dropFirst(2)
    guard let upper = Self.literal(next, &text) else { return false }
    if lower <= upper { members.formUnion(lower...upper) }
    return true
  }

  private static func literal(_ byte: UInt8, _ text: inout ArraySlice<UInt8>) -> UInt8? {
    byte == UInt8(ascii: "\\") ? text.popFirst() : byte
  }

  /// `[:name:]`, of which the bracket has been taken; an unknown name makes the pattern match nothing.
  private mutating func takeClass(from text: inout ArraySlice<UInt8>) -> Bool {
    let rest = text.dropFirst()
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
    guard rest[..<end].last == UInt8(ascii: ":") else {
      // Not a class after all: the bracket stands for itself.
      members.insert(UInt8(ascii: "["))
      return true
    }
    guard let isMember = Self.classes[String(decoding: rest[..<end].dropLast(), as: UTF8.self)] else { return false }
    members.formUnion((0...127).filter { isMember(Character(UnicodeScalar($0))) })
    text = text[(end + 1)...]
    return true
  }

  private static let classes: [String: @Sendable (Character) -> Bool] = [
    "alnum": { $0.isLetter || $0.isNumber },
    "alpha": { $0.isLetter },
    "blank": { $0 == " " || $0 == "\t" },
    "cntrl": { $0.unicodeScalars.allSatisfy { $0.value < 32 || $0.value == 127 } },
    "digit": { $0.isNumber },
    "graph": { $0.unicodeScalars.allSatisfy { (33..<127).contains($0.value) } },
    "lower": { $0.isLowercase },
    "print": { $0.unicodeScalars.allSatisfy { (32..<127).contains($0.value) } },
    "punct": {
      $0.unicodeScalars.allSatisfy { (33..<127).contains($0.value) } && !$0.isLetter && !$0.isNumber
    },
    "space": { " \t\n\u{B}\u{C}\r".unicodeScalars.contains($0.unicodeScalars.first ?? "x") },
    "upper": { $0.isUppercase },
    "xdigit": { $0.isHexDigit },
  ]
}
