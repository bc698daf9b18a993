/// A text that cannot be read as a SKILL.md, even leniently: the rule, the place and what to do.
package struct DocumentRefusal: Error, Hashable, Sendable, MeshErrorConvertible, CustomStringConvertible {
  package var rule: Finding.Rule
  /// Counts from 1; nil when no line is to blame.
  package var line: Int?
  package var column: Int?
  package var message: String
  package var remedy: String

  package init(_ rule: Finding.Rule, line: Int? = nil, column: Int? = nil, message: String, remedy: String) {
    self.rule = rule
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }

  package var description: String {
    let place = line.map { "line \($0): " } ?? ""
    return place + TerminalText.escaped("\(message). \(remedy)")
  }

  package var meshError: MeshError { MeshError(.validationError, "SKILL.md: \(description, limit: 1_000)") }

  /// The same as a finding about `file`.
  package func finding(in file: String) -> Finding {
    Finding(rule, .error, file: file, line: line, column: column, message: message, remedy: remedy)
  }
}
