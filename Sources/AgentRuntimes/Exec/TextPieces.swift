/// Text out of UTF-8 that comes in pieces which may end within a character.
struct TextPieces {
  private var rest: [UInt8] = []

  /// The text so far, without a character that is not complete yet.
  mutating func text(adding piece: [UInt8]) -> String {
    let bytes = rest + piece
    let kept = Self.incompleteCount(atEndOf: bytes)
    rest = Array(bytes.suffix(kept))
    return String(decoding: bytes.dropLast(kept), as: UTF8.self)
  }

  /// What is left at the end, repaired.
  mutating func last() -> String {
    defer { rest.removeAll() }
    return String(decoding: rest, as: UTF8.self)
  }

  /// How many bytes at the end begin a character that is not complete: 0 to 3.
  private static func incompleteCount(atEndOf bytes: [UInt8]) -> Int {
    for (index, byte) in bytes.suffix(3).reversed().enumerated() {
      let length =
        switch byte {
        case 0xC0...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF7: 4
        case 0x80...0xBF: 0
        default: 1
        }
      if length > 0 { return length > index + 1 ? index + 1 : 0 }
    }
    return 0
  }
}
