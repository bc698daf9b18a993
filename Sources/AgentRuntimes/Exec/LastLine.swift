/// The last line of a text of any length, which is seldom the whole reason but mostly the best one.
struct LastLine {
  /// Bytes.
  private static let limit = 1_024

  private var tail: [UInt8] = []

  mutating func add(_ piece: [UInt8]) {
    tail = Array((tail + piece.suffix(2 * Self.limit)).suffix(2 * Self.limit))
  }

  /// Nil when there is none that says something.
  var text: String? {
    let lines = tail.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0.prefix(Self.limit), as: UTF8.self) }
    return lines.last { !$0.allSatisfy(\.isWhitespace) }
  }
}
