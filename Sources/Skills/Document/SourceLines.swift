/// The lines of a text as ranges of its bytes: LF, CRLF and a lone CR end a line, and the last may have no end.
///
/// Lines count from 0 here, and from 1 in what people read.
struct SourceLines: Sendable {
  let bytes: [UInt8]
  /// Where each line starts, in order; empty for an empty text.
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = bytes.isEmpty ? [] : [0]
    var index = 0
    while index < bytes.count {
      let end = Self.lengthOfTerminator(in: bytes, at: index)
      index += max(end, 1)
      if end > 0, index < bytes.count { starts.append(index) }
    }
    self.starts = starts
  }

  var count: Int { starts.count }

  /// The bytes of a line, its end included.
  func whole(_ line: Int) -> Range<Int> {
    starts[line]..<(line + 1 < starts.count ? starts[line + 1] : bytes.count)
  }

  /// The bytes of a line without its end.
  func content(_ line: Int) -> Range<Int> {
    var range = whole(line)
    while let last = range.last, bytes[last] == UInt8(ascii: "\n") || bytes[last] == UInt8(ascii: "\r") {
      range = range.lowerBound..<last
    }
    return range
  }

  func terminator(_ line: Int) -> ArraySlice<UInt8> {
    bytes[content(line).upperBound..<whole(line).upperBound]
  }

  func text(_ line: Int) -> String {
    String(decoding: bytes[content(line)], as: UTF8.self)
  }

  /// The line, from 0, that the byte at `offset` is in.
  func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private static func lengthOfTerminator(in bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    case UInt8(ascii: "\n"): 1
    case UInt8(ascii: "\r"): index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? 2 : 1
    default: 0
    }
  }
}
