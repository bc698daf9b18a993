/// Rows, and what a reader has to know about them.
struct Report: Sendable {
  var rows: [Row] = []
  var notes: [String] = []
  /// What could not be measured.
  var failed: [String] = []

  static func + (left: Report, right: Report) -> Report {
    Report(rows: left.rows + right.rows, notes: left.notes + right.notes, failed: left.failed + right.failed)
  }

  /// Adds what was measured, or a note why it was not.
  ///
  /// - Throws: Only when everything is to stop.
  mutating func add(_ name: String, _ measure: () throws -> Report) throws {
    do {
      self = try self + measure()
    } catch {
      try Interruption.check()
      notes.append("**Not measured: \(name).** \(error)")
      failed.append(name)
    }
  }

  /// A Markdown table, with the notes as a list below.
  var markdown: String {
    let lines = [Row.head, Row.head.map { _ in "---" }] + rows.map(\.cells)
    let table = lines.map { "| " + $0.joined(separator: " | ") + " |" }
    return (table + [""] + notes.map { "- " + $0 }).joined(separator: "\n")
  }
}
