import Skills

/// Fields that only some agents know.
enum FieldRequirements {
  static func issues(of document: SkillDocument) -> [AgentIssue] {
    allowedTools(document) + fork(document) + hooks(document) + programs(document)
  }

  private static func allowedTools(_ document: SkillDocument) -> [AgentIssue] {
    guard let value = document.frontMatter["allowed-tools"], !value.isNull else { return [] }
    var issues = [
      AgentIssue(
        .warning, for: ["kiro-cli", "zencoder"], "'allowed-tools' is not known, so that its limits do not hold",
        remedy: "Do not count on 'allowed-tools' there")
    ]
    if value.string == nil {
      let tools = Message(document.allowedTools.joined(separator: " "), limit: 120)
      issues.append(
        AgentIssue(
          .note, for: AgentRequirements.everyone(but: ["claude-code", "kiro-cli", "zencoder"]),
          "'allowed-tools' is no text, and agents that expect one leave it out",
          remedy: "Write 'allowed-tools: \(tools.isEmpty ? "Read Grep" : tools)'"))
    }
    return issues
  }

  private static func fork(_ document: SkillDocument) -> [AgentIssue] {
    guard document.frontMatter["context"]?.string == "fork" else { return [] }
    return [
      AgentIssue(
        .note, for: AgentRequirements.everyone(but: ["claude-code"]),
        "'context: fork' is not known, and the skill runs in the conversation itself",
        remedy: "Write the skill so that it works without an agent of its own")
    ]
  }

  private static func hooks(_ document: SkillDocument) -> [AgentIssue] {
    guard let hooks = document.frontMatter["hooks"], !hooks.isNull else { return [] }
    return [
      AgentIssue(
        .warning, for: AgentRequirements.everyone(but: ["claude-code", "cline", "kiro-cli"]),
        "'hooks' is not known, and its commands do not run",
        remedy: "Say in the text what must happen where hooks do not run")
    ]
  }

  /// OpenClaw hides a skill until what it requires is there.
  private static func programs(_ document: SkillDocument) -> [AgentIssue] {
    let sections = ["openclaw", "clawdbot", "clawdis"].compactMap { document.metadata?[$0]?["requires"] }
    guard let required = sections.first?.mapping else { return [] }
    let parts = required.compactMap { entry -> String? in
      guard ["env", "bins", "anyBins", "config"].contains(entry.key), let names = entry.value.strings, !names.isEmpty
      else { return nil }
      return "\(entry.key) \(names.joined(separator: ", "))"
    }
    guard !parts.isEmpty else { return [] }
    return [
      AgentIssue(
        .note, for: ["openclaw"], "the skill is hidden unless there is: \(parts.joined(separator: "; "), limit: 200)",
        remedy: "Install or set what is missing")
    ]
  }
}
