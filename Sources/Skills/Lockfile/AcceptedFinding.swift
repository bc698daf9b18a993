/// A finding of `audit` that somebody has looked at and lets stand, with the reason, as `skills.json` keeps it.
package struct AcceptedFinding: Hashable, Sendable {
  private static let maximumReason = 500

  /// `author/slug` of a skill of a registry, the folder of one from a source.
  package var skill: String
  /// What `audit` calls the finding: its risk, or else its rule.
  package var rule: String
  /// Inside the skill; nil for every file of it.
  package var file: String?
  package var reason: String

  /// - Throws: `NameRefusal` for a rule, a file or a reason that nobody could read.
  package init(skill: LockedSkill, rule: String, file: String?, reason: String) throws(NameRefusal) {
    self.init(
      skill: Self.name(of: skill), rule: try Self.rule(rule), file: try file.map(Self.file),
      reason: try Self.reason(reason))
  }

  init(skill: String, rule: String, file: String?, reason: String) {
    (self.skill, self.rule, self.file, self.reason) = (skill, rule, file, reason)
  }

  /// Whether it covers such a finding.
  package func covers(_ rule: String, in file: String?, of skill: LockedSkill) -> Bool {
    self.skill == Self.name(of: skill) && self.rule == rule && (self.file == nil || self.file == file)
  }

  private static func name(of skill: LockedSkill) -> String { skill.name?.description ?? skill.folder.rawValue }
}

extension AcceptedFinding {
  static func skill(_ text: String) throws(NameRefusal) -> String {
    text.contains("/") ? try SkillName(parsing: text).description : try SkillSlug(parsing: text).rawValue
  }

  static func rule(_ text: String) throws(NameRefusal) -> String {
    guard let fault = NameGrammar.fault(in: text, limit: 64) else { return text }
    throw NameRefusal(kind: "the rule of a finding", text: text, reason: fault)
  }

  static func file(_ text: String) throws(NameRefusal) -> String {
    try plain(text, "a file of a skill", limit: 1_024)
  }

  static func reason(_ text: String) throws(NameRefusal) -> String {
    try plain(text, "a reason", limit: maximumReason)
  }

  private static func plain(_ text: String, _ kind: String, limit: Int) throws(NameRefusal) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw NameRefusal(kind: kind, text: text, reason: "it is empty")
    }
    guard text.unicodeScalars.count <= limit else {
      throw NameRefusal(kind: kind, text: text, reason: "it has more than \(limit) characters")
    }
    guard !text.unicodeScalars.contains(where: TerminalText.isUnsafe) else {
      throw NameRefusal(kind: kind, text: text, reason: "it has characters that nobody can see")
    }
    return text
  }
}

extension ProjectManifest {
  /// The entry that lets such a finding stand; nil where nobody has accepted it.
  ///
  /// - Parameter rule: The id of the risk, or of the rule where it is no risk.
  package func acceptance(of rule: String, in file: String?, of skill: LockedSkill) -> AcceptedFinding? {
    accepted.first { $0.covers(rule, in: file, of: skill) }
  }
}
