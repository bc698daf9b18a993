/// Line ends of text.
enum LineEnds {
  /// The text with LF where it has CRLF.
  static func folded(_ bytes: [UInt8]) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == UInt8(ascii: "\n"), folded.last == UInt8(ascii: "\r") { folded.removeLast() }
      folded.append(byte)
    }
    return folded
  }
}
