import Skills

/// What agents make of `name`.
enum NameRequirements {
  static func issues(of document: SkillDocument, folder: String) -> [AgentIssue] {
    let folder = folder.split(separator: "/").last.map(String.init) ?? ""
    guard let name = document.name, !name.allSatisfy(\.isWhitespace) else { return missing(folder) }
    return long(name) + spelling(name) + unlike(name, folder)
  }

  private static func missing(_ folder: String) -> [AgentIssue] {
    let remedy: Message = "Add a line 'name: \(SkillSlug(deriving: folder)?.rawValue ?? "my-skill")'"
    let others = AgentRequirements.everyone(but: ["claude-code", "opencode"])
    return [
      AgentIssue(.error, for: ["opencode"], "the skill has no name, and is not loaded", remedy: remedy),
      AgentIssue(
        .warning, for: others, "the skill has no name, and is skipped or called by its folder", remedy: remedy),
    ]
  }

  /// Most agents warn and load it; Codex enforces the limit.
  private static func long(_ name: String) -> [AgentIssue] {
    let count = name.unicodeScalars.count
    guard count > SkillSlug.maximumLength else { return [] }
    return [
      AgentIssue(
        .error, for: ["codex"],
        "the name has \(count) characters, and skills with more than \(SkillSlug.maximumLength) are skipped",
        remedy: "Shorten the name by \(count - SkillSlug.maximumLength) characters")
    ]
  }

  private static func spelling(_ name: String) -> [AgentIssue] {
    do throws(NameRefusal) {
      _ = try SkillSlug(parsing: name)
      return []
    } catch {
      let suggestion = SkillSlug(deriving: name)?.rawValue ?? "my-skill"
      return [
        AgentIssue(
          .warning, "the name \(error), and agents that keep to the specification skip it",
          remedy: "Write 'name: \(suggestion)', or another such name")
      ]
    }
  }

  /// The specification wants them equal; Claude Code takes the folder for the command and the name for a label.
  private static func unlike(_ name: String, _ folder: String) -> [AgentIssue] {
    guard name != folder else { return [] }
    let (shown, command) = (Message(name, limit: 80), Message(folder, limit: 80))
    let remedy: Message = "Give the folder and the skill the same name"
    return [
      AgentIssue(
        .note, for: ["claude-code"], "the name is '\(shown)', but the command is '/\(command)', after the folder",
        remedy: remedy),
      AgentIssue(
        .warning, for: AgentRequirements.everyone(but: ["claude-code"]),
        "the name is '\(shown)', but the folder is '\(command)', and agents that keep to the specification skip it",
        remedy: remedy),
    ]
  }
}
