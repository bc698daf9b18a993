import Skills

/// Front matter that we read, and that others do not.
enum FrontMatterRequirements {
  static func issues(of document: SkillDocument) -> [AgentIssue] {
    repaired(document) + start(document)
  }

  /// Codex leaves such a skill out with a line in its log; Claude Code loads the text as if there were no front
  /// matter, so that the limits of `allowed-tools` are gone.
  private static func repaired(_ document: SkillDocument) -> [AgentIssue] {
    guard let finding = document.findings.first(where: { $0.rule == .repairedYAML || $0.rule == .complexKey })
    else { return [] }
    let location = finding.line.map { "line \($0) of the front matter" } ?? "the front matter"
    let lost = document.frontMatter["allowed-tools"] == nil ? "" : ", and the limits of 'allowed-tools' do not hold"
    let others = AgentRequirements.everyone(but: ["claude-code", "codex"])
    let remedy = Message(finding.remedy)
    return [
      AgentIssue(
        .error, for: ["codex"], "\(location) is not valid YAML, and the skill is skipped", remedy: remedy),
      AgentIssue(
        .warning, for: ["claude-code"],
        "\(location) is not valid YAML, and the skill is loaded as if it had no front matter\(lost)",
        remedy: remedy),
      AgentIssue(
        .warning, for: others, "\(location) is not valid YAML, and the skill may be skipped", remedy: remedy),
    ]
  }

  private static func start(_ document: SkillDocument) -> [AgentIssue] {
    document.findings.compactMap { finding in
      switch finding.rule {
      case .textBeforeFrontMatter:
        AgentIssue(
          .warning, "the first line is not '---', and many agents then find no front matter",
          remedy: Message(finding.remedy))
      case .byteOrderMark:
        AgentIssue(
          .note, "the document starts with a byte order mark, which hides the skill from older agents",
          remedy: Message(finding.remedy))
      default: nil
      }
    }
  }
}
