import Skills

/// The pairs of bytes at which a closer look is worth its time: nearly all of a text is passed in one step.
enum SecretTriggers {
  static let table: [Bool] = {
    var table = [Bool](repeating: false, count: 1 << 16)
    let starts = SecretPattern.all.map(\.prefix) + [SecretKeyBlock.begin]
    for start in starts { table[Int(start[0]) << 8 | Int(start[1])] = true }
    for sign in "=:".utf8 {
      for next in " \t\"'`".utf8 { table[Int(sign) << 8 | Int(next)] = true }
      for next in UInt8.min...UInt8.max where isWord(next) { table[Int(sign) << 8 | Int(next)] = true }
    }
    table[Int(UInt8(ascii: ":")) << 8 | Int(UInt8(ascii: "/"))] = true
    for quote in quotes { table[Int(quote) << 8 | Int(UInt8(ascii: ":"))] = true }
    return table
  }()

  static let quotes = Array("\"'`".utf8)

  static func starts(_ text: UnsafeBufferPointer<UInt8>, at index: Int, with prefix: [UInt8]) -> Bool {
    index + prefix.count <= text.count && text[index..<index + prefix.count].elementsEqual(prefix)
  }

  /// A token starts where a word starts.
  static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || "_-".utf8.contains(byte) }
}
