/// The smallest parts of a pattern; all work on bytes, as git does.
enum GlobToken: Hashable, Sendable {
  case byte(UInt8)
  case any
  case star
  case slash
  case oneOf(ByteSet)

  func matches(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let own): own == byte
    case .any: byte != UInt8(ascii: "/")
    case .oneOf(let set): set.contains(byte)
    case .star, .slash: false
    }
  }

  /// Nil when a bracket is left open or a backslash ends the text.
  static func parse(_ text: ArraySlice<UInt8>) -> [GlobToken]? {
    var tokens: [GlobToken] = []
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): tokens.append(.star)
      case UInt8(ascii: "?"): tokens.append(.any)
      case UInt8(ascii: "/"): tokens.append(.slash)
      case UInt8(ascii: "["):
        guard let set = ByteSet(parsing: &rest) else { return nil }
        tokens.append(.oneOf(set))
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        tokens.append(escaped == UInt8(ascii: "/") ? .slash : .byte(escaped))
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }
}
