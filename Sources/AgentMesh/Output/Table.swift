import Skills

/// Columns with a header, two spaces of indent, widths by what is seen.
///
/// Every cell passes the sanitizer.
struct Table {
  private let headers: [String]
  private var rows: [[String]] = []

  init(_ headers: [String]) {
    self.headers = headers
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map { TerminalText.escaped($0) })
  }

  func text(_ style: Style) -> String {
    let widths = headers.indices.map { column in
      ([headers] + rows).map { Self.width($0[column]) }.max() ?? 0
    }
    let head = style.bold(style.faint(line(headers, widths)))
    return ([head] + rows.map { line($0, widths) }).joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = cells.enumerated().map { index, cell in
      index == cells.count - 1
        ? cell : cell + String(repeating: " ", count: max(0, widths[index] - Self.width(cell)))
    }
    return "  " + padded.joined(separator: "  ")
  }

  /// Columns on the screen: two for East Asian wide characters and emoji, none for combining marks.
  static func width(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      guard let scalar = character.unicodeScalars.first else { return sum }
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        return sum + 2
      default: return sum + (scalar.properties.generalCategory == .nonspacingMark ? 0 : 1)
      }
    }
  }
}
