/// A row of the table of errors: code, exit status, HTTP status or `-`, and what it means, with spaces between.
///
/// A row that is not written so has neither statuses nor a meaning; a test reads every one.
package struct ErrorRow: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let code: String
  package let exitStatus: ExitStatus
  package let httpStatus: Int?
  /// Whether the HTTP status is missing or in parentheses: where a server sends the code, clients go by its status.
  package let isLocal: Bool
  package let meaning: String

  package init(stringLiteral row: String) {
    let cells = row.split(separator: " ", maxSplits: 3).map(String.init)
    func cell(_ index: Int) -> String { cells.indices.contains(index) ? cells[index] : "" }
    code = cell(0)
    exitStatus = Int32(cell(1)).flatMap(ExitStatus.init) ?? .failure
    httpStatus = Int(cell(2).filter(\.isNumber))
    isLocal = Int(cell(2)) == nil
    meaning = cell(3)
  }

  package var description: String { code }
}
