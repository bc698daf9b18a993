import Skills

/// What a check or a look at the files has found: evidence, with the place where it is.
struct FindingRow: Sendable {
  var severity: String
  var ruleID: String
  var meaning: String
  var location: String
  /// To the line, where there is a page of the file.
  var locationPath: String?
  var excerpt: String?
  var remedy: String?

  /// - Parameter path: The page of a file of the skill at a line.
  init(_ risk: KnownRisk, at path: (String, Int?) -> String?) {
    severity = "evidence"
    ruleID = risk.rule.rawValue
    meaning = risk.message
    location = "\(risk.file):\(risk.line)"
    locationPath = path(risk.file, risk.line)
    excerpt = risk.excerpt
  }

  init(_ finding: Finding, at path: (String, Int?) -> String?) {
    severity = finding.severity.rawValue
    ruleID = finding.id
    meaning = finding.message
    location = finding.line.map { "\(finding.file):\($0)" } ?? finding.file
    locationPath = path(finding.file, finding.line)
    remedy = finding.remedy.isEmpty ? nil : finding.remedy
  }
}
