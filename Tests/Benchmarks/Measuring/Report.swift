/// Rows, and what a reader has to know about them.
struct Report: Sendable {
  var rows: [Row] = []
  var notes: [String] = []

  static func + (left: Report, right: Report) -> Report {
    Report(rows: left.rows + right.rows, notes: left.notes + right.notes)
  }

  /// A Markdown table, with the notes as a list below.
  var markdown: String {
    let lines = [Row.head, Row.head.map { _ in "---" }] + rows.map(\.cells)
    let table = lines.map { "| " + $0.joined(separator: " | ") + " |" }
    return (table + [""] + notes.map { "- " + $0 }).joined(separator: "\n")
  }
}
