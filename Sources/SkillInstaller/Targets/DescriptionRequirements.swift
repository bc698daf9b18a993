import Skills

/// What agents make of `description`, by which they decide when a skill is of use.
enum DescriptionRequirements {
  /// The limit of the specification, which Codex enforces.
  private static let maximum = 1024
  /// Where Claude Code cuts the description and `when_to_use` together in its list of skills.
  private static let claudeCodeListing = 1536

  static func issues(of document: SkillDocument) -> [AgentIssue] {
    let listing = listing(document)
    guard let value = document.frontMatter["description"], !value.isNull,
      value.string?.allSatisfy(\.isWhitespace) != true
    else { return missing + listing }
    guard let text = value.string else { return notText + listing }
    return long(text) + listing
  }

  private static let missing = [
    AgentIssue(
      .error, for: AgentRequirements.everyone(but: ["claude-code"]),
      "the skill has no description, and is skipped", remedy: remedyForMissing),
    AgentIssue(
      .note, for: ["claude-code"], "the skill has no description, and the first paragraph of its text serves as one",
      remedy: remedyForMissing),
  ]

  private static let remedyForMissing: Message = "Add a line 'description: <what the skill does and when to use it>'"

  private static let notText = [
    AgentIssue(
      .warning, "the description is a list or a mapping, and agents that expect a text skip the skill",
      remedy: "Write the description as one text, in double quotes")
  ]

  private static func long(_ text: String) -> [AgentIssue] {
    let count = text.unicodeScalars.count
    guard count > maximum else { return [] }
    return [
      AgentIssue(
        .error, for: ["codex"],
        "the description has \(count) characters, and skills with more than \(maximum) are skipped",
        remedy: "Shorten it by \(count - maximum) characters; details belong in the text")
    ]
  }

  private static func listing(_ document: SkillDocument) -> [AgentIssue] {
    let texts = [document.description, document.frontMatter["when_to_use"]?.string].compactMap(\.self)
    let count = texts.reduce(0) { $0 + $1.unicodeScalars.count }
    guard count > claudeCodeListing else { return [] }
    return [
      AgentIssue(
        .warning, for: ["claude-code"],
        "description and when_to_use have \(count) characters, and are cut at \(claudeCodeListing) in the list",
        remedy: "Shorten them by \(count - claudeCodeListing) characters, or begin with what matters most")
    ]
  }
}
