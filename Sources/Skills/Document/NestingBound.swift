/// An upper bound for how deeply a text can nest once it is read as YAML, found without reading it as YAML.
///
/// Block collections inside each other start at ever greater columns (but for a list, which may start at that of its
/// key), so that there are at most twice as many as columns where one may start; brackets nest no deeper than there
/// are opening ones. Both hold whatever the text means, so no quoting can fool them. The exact depth is checked on the tree; this keeps the reader, which
/// recurses, from running out of stack before there is one.
struct NestingBound {
  static let maximumColumns = 48
  static let maximumBrackets = 128

  private(set) var columns: Set<Int> = []
  private(set) var brackets = 0

  /// The first line, from 0, at which the text may nest too deeply.
  private(set) var excessLine: Int?

  init(_ lines: [String]) {
    for (number, line) in lines.enumerated() {
      addColumns(of: line)
      brackets += line.utf8.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
      if columns.count > Self.maximumColumns || brackets > Self.maximumBrackets {
        excessLine = number
        return
      }
    }
  }

  /// Where the first word of a line starts, and each indicator before it: `- - key` can start three collections.
  private mutating func addColumns(of line: String) {
    var column = 0
    var bytes = line.utf8[...]
    while let byte = bytes.popFirst() {
      defer { column += 1 }
      if Self.isBlank(byte) { continue }
      columns.insert(column)
      let isIndicator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: ":")
      guard isIndicator, bytes.first.map(Self.isBlank) ?? true else { return }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
