import Skills

/// What a check or a look at the files has found: evidence, with the place where it is.
struct FindingRow: Sendable {
  /// How much it matters, in a word.
  var weight: String
  var ruleID: String
  var meaning: String
  var spot: String
  /// To the line, where there is a page of the file.
  var spotPath: String?
  var excerpt: String?
  var mend: String?

  /// - Parameter path: The page of a file of the skill at a line.
  init(_ risk: KnownRisk, at path: (String, Int?) -> String?) {
    weight = "evidence"
    ruleID = risk.rule.rawValue
    meaning = risk.message
    spot = "\(risk.file):\(risk.line)"
    spotPath = path(risk.file, risk.line)
    excerpt = risk.excerpt
  }

  init(_ finding: Finding, at path: (String, Int?) -> String?) {
    weight = finding.severity.rawValue
    ruleID = finding.id
    meaning = finding.message
    spot = finding.line.map { "\(finding.file):\($0)" } ?? finding.file
    spotPath = path(finding.file, finding.line)
    mend = finding.remedy.isEmpty ? nil : finding.remedy
  }
}
