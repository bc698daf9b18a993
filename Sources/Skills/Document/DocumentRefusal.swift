/// A text that cannot be read as a SKILL.md, even leniently: the rule, the line and what to do.
package struct DocumentRefusal: Error, Hashable, Sendable, MeshErrorConvertible, CustomStringConvertible {
  package var rule: Finding.Rule
  /// Counts from 1; nil when no line is to blame.
  package var line: Int?
  package var column: Int?
  /// Safe for a terminal, as the remedy is.
  package private(set) var message: String
  package private(set) var remedy: String

  package init(_ rule: Finding.Rule, line: Int? = nil, column: Int? = nil, message: Message, remedy: Message) {
    self.rule = rule
    self.line = line
    self.column = column
    self.message = message.description
    self.remedy = remedy.description
  }

  package var description: String {
    let location = line.map { "line \($0): " } ?? ""
    return "\(location)\(message). \(remedy)"
  }

  package var meshError: MeshError { MeshError(.validationError, "SKILL.md: \(description, limit: 1_000)") }

  /// The same as a finding about `file`.
  package func finding(in file: String) -> Finding {
    Finding(
      rule, .error, file: file, line: line, column: column, message: Message(message, limit: .max),
      remedy: Message(remedy, limit: .max))
  }
}
