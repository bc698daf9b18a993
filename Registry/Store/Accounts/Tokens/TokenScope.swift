import Skills

/// What a token may be used for, and on what: rights, and patterns for skills and for agents.
///
/// Never more than what its account may do at that moment.
package struct TokenScope: Sendable, Hashable, Codable {
  /// All seven rights on everything: that of a login.
  package static let everything = TokenScope(
    rights: Set(TokenRight.allCases), skills: [.everything], agents: [.everything])

  package var rights: Set<TokenRight>
  package var skills: [ResourcePattern]
  package var agents: [ResourcePattern]

  package init(rights: Set<TokenRight>, skills: [ResourcePattern], agents: [ResourcePattern]) {
    self.rights = rights
    self.skills = skills
    self.agents = agents
  }

  /// As clients see it: rights in the order of their definition, so that the same scope is the same text, and patterns.
  package var words: (rights: [String], skills: [String], agents: [String]) {
    (
      TokenRight.allCases.filter(rights.contains).map(\.rawValue), skills.map(\.description), agents.map(\.description)
    )
  }

  package func encode(to encoder: any Encoder) throws {
    let (rights, skills, agents) = words
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rights, forKey: .rights)
    try container.encode(skills, forKey: .skills)
    try container.encode(agents, forKey: .agents)
  }

  package func allows(_ right: TokenRight) -> Bool { rights.contains(right) }

  package func allows(_ right: TokenRight, on skill: SkillName) -> Bool {
    allows(right) && skills.contains { $0.matches(skill.author, skill.slug.rawValue) }
  }

  package func allows(_ right: TokenRight, onAgent slug: String, of author: AuthorName) -> Bool {
    allows(right) && agents.contains { $0.matches(author, slug) }
  }

  /// Whether it allows everything that `other` allows.
  package func includes(_ other: TokenScope) -> Bool {
    func covers(_ own: [ResourcePattern], _ others: [ResourcePattern]) -> Bool {
      others.allSatisfy { pattern in own.contains { $0.includes(pattern) } }
    }
    return rights.isSuperset(of: other.rights) && covers(skills, other.skills) && covers(agents, other.agents)
  }

  /// Whether nothing but what that author owns is in its reach.
  func isConfined(to author: AuthorName) -> Bool {
    let patterns = skills + agents
    return !patterns.isEmpty && patterns.allSatisfy { $0.isConfined(to: author) }
  }
}

// MARK: - Columns

extension TokenScope {
  /// The columns `rights`, `skill_patterns` and `agent_patterns`: words with a space between them.
  var columns: (rights: String, skills: String, agents: String) {
    let (rights, skills, agents) = words
    return (rights.joined(separator: " "), skills.joined(separator: " "), agents.joined(separator: " "))
  }

  /// A right that a later program gave is one that this program cannot honour: it is left out.
  init(_ row: SQLRow) throws {
    func words(_ column: String) throws -> [String] { try row.text(column).split(separator: " ").map(String.init) }
    rights = Set(try words("rights").compactMap(TokenRight.init(rawValue:)))
    skills = try words("skill_patterns").map { try ResourcePattern(parsing: $0) }
    agents = try words("agent_patterns").map { try ResourcePattern(parsing: $0) }
  }
}
