/// Columns with a header, two spaces of indent, widths by what is seen.
///
/// Every cell is put on one line and passes the sanitizer.
struct Table {
  private let headers: [String]
  private var rows: [[String]] = []

  init(_ headers: [String]) {
    self.headers = headers
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map(ScreenText.line))
  }

  func text(_ style: Style) -> String {
    let widths = headers.indices.map { column in
      ([headers] + rows).map { ScreenText.width($0[column]) }.max() ?? 0
    }
    let head = style.bold(style.faint(line(headers, widths)))
    return ([head] + rows.map { line($0, widths) }).joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = cells.enumerated().map { index, cell in
      index == cells.count - 1
        ? cell : cell + String(repeating: " ", count: max(0, widths[index] - ScreenText.width(cell)))
    }
    return "  " + padded.joined(separator: "  ")
  }
}
