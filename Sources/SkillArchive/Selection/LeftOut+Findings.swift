import Skills

extension LeftOut {
  /// What whoever packs, checks or adds a skill has to know: what stays out, and how to have it.
  ///
  /// - Parameter skillMarkdown: A file that it names is missed by an agent: that is a warning, and so is everything
  ///   that was meant to be there and cannot be packed.
  package static func findings(_ leftOut: [LeftOut], skillMarkdown: [UInt8]) -> [Finding] {
    if leftOut.isEmpty { return [] }
    let named = NamedPaths(in: skillMarkdown)
    let findings = leftOut.filter { $0.reason != .output }.map { $0.finding(line: named.line(of: $0.path)) }
    return findings.sorted { ($1.severity, $0.file) < ($0.severity, $1.file) }
  }

  private func finding(line: Int?) -> Finding {
    let remedy = Message(remedy, limit: .max)
    if let line {
      return Finding(
        .namedFileLeftOut, .warning, file: path,
        message: "\(explanation) and is left out, though SKILL.md names it in line \(line)", remedy: remedy)
    }
    return Finding(.leftOut, severity, file: path, message: "\(explanation) and is left out", remedy: remedy)
  }

  private var severity: Severity {
    switch reason {
    case .link, .submodule, .specialFile: .warning
    case .reserved, .ignoredByDefault, .ignoredBySkillignore, .output: .note
    }
  }
}
