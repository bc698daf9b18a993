/// What a skill takes of an agent's context: characters, and tokens at four characters each.
package struct ContextCost: Hashable, Sendable, Codable {
  /// How much of a description an agent lists, and what it does with the rest.
  package struct Limit: Hashable, Sendable, Codable {
    package var agent: String
    /// Of this skill, counted as that agent counts.
    package var characters: Int
    package var limit: Int
    package var isExceeded: Bool
    package var consequence: String

    init(_ agent: String, _ characters: Int, limit: Int, consequence: String) {
      self.agent = agent
      self.characters = characters
      self.limit = limit
      self.consequence = consequence
      isExceeded = characters > limit
    }
  }

  /// Always in the context.
  package var descriptionTokens: Int
  /// In the context once the skill is used.
  package var bodyTokens: Int
  package var limits: [Limit]

  init(of document: SkillDocument) {
    let description = document.description?.unicodeScalars.count ?? 0
    let whenToUse = document.frontMatter["when_to_use"]?.string?.unicodeScalars.count ?? 0
    descriptionTokens = Self.tokens(description)
    bodyTokens = Self.tokens(document.body.unicodeScalars.count)
    limits = [
      Limit(
        "Claude Code", description + whenToUse, limit: 1_536,
        consequence: "it lists no more of description and when_to_use"),
      Limit("Codex", description, limit: 1_024, consequence: "it does not load the skill"),
      Limit(
        "Agent Skills specification", description, limit: 1_024, consequence: "strict tools refuse the skill"),
    ]
  }

  static func tokens(_ characters: Int) -> Int { (characters + 3) / 4 }
}
