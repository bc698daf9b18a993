import Skills

/// Columns with a header, two spaces of indent, widths by what is seen.
///
/// Every cell is put on one line and made safe.
struct Table {
  private let headers: [Message]
  private var rows: [[Message]] = []

  init(_ headers: [Message]) {
    self.headers = headers
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map(ScreenText.line))
  }

  func text(_ style: Style) -> Message {
    let widths = headers.indices.map { column in
      ([headers] + rows).map { ScreenText.width($0[column]) }.max() ?? 0
    }
    let head = style.bold(style.faint(Self.line(headers, widths)))
    return ([head] + rows.map { Self.line($0, widths) }).joined(separator: "\n")
  }

  private static func line(_ cells: [Message], _ widths: [Int]) -> Message {
    let padded = zip(cells.dropLast(), widths).map { ScreenText.padded($0, to: $1) }
    return "  " + (padded + cells.suffix(1)).joined(separator: "  ")
  }
}
