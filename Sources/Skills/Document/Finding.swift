/// One thing that a check has to say about a file: the rule, how much it matters, where, what and what to do.
package struct Finding: Hashable, Sendable, Codable, CustomStringConvertible {
  package var rule: Rule
  package var severity: Severity
  /// The path inside the skill, or the text that a person named the file by.
  package var file: String
  /// Counts from 1; nil when the finding is about the whole file.
  package var line: Int?
  /// Counts characters (Unicode scalars) from 1.
  package var column: Int?
  package var message: String
  /// Exactly what to do about it, as an imperative sentence.
  package var remedy: String

  /// - Parameter severity: what it weighs; by default what the lenient profile gives to the rule.
  package init(
    _ rule: Rule, _ severity: Severity? = nil, file: String, line: Int? = nil, column: Int? = nil, message: String,
    remedy: String
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity(in: .lenient)
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }

  /// `file:line: severity: message [rule]`, and the remedy on a line of its own, safe to show on a terminal.
  package var description: String {
    let place = [TerminalText.escaped(file), line.map(String.init)].compactMap(\.self).joined(separator: ":")
    let first = "\(place): \(severity.rawValue): \(TerminalText.escaped(message)) [\(rule.rawValue)]"
    return remedy.isEmpty ? first : first + "\n  " + TerminalText.escaped(remedy)
  }

  /// The same with the weight that a profile gives to its rule.
  func graded(_ profile: Validation.Profile) -> Finding {
    var finding = self
    finding.severity = rule.severity(in: profile)
    return finding
  }
}
