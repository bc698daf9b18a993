/// Cuts bytes that come in pieces into lines.
struct LineSplitter {
  struct TooLong: Error {}

  /// Bytes of a line.
  let limit: Int
  private var rest: [UInt8] = []

  init(limit: Int) { self.limit = limit }

  /// The lines that are complete now, without their ends.
  mutating func lines(adding piece: [UInt8]) throws(TooLong) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = piece.startIndex
    while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
      try append(piece[start..<end])
      lines.append(rest)
      rest.removeAll()
      start = piece.index(after: end)
    }
    try append(piece[start...])
    return lines
  }

  /// What stands behind the last end of a line; nil when nothing does.
  mutating func last() -> [UInt8]? {
    defer { rest.removeAll() }
    return rest.isEmpty ? nil : rest
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) throws(TooLong) {
    guard rest.count + bytes.count <= limit else { throw TooLong() }
    rest += bytes
  }
}
