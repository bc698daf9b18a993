/// `GET /api/user/skills`: what the caller owns, and what others let the caller use.
package struct OwnSkills: Codable, Sendable {
  package var owned: [SkillSummary]
  package var authorized: [SkillSummary]

  package init(owned: [SkillSummary], authorized: [SkillSummary] = []) {
    self.owned = owned
    self.authorized = authorized
  }
}

/// `GET /api/user/profile`: whose token it is.
///
/// The address keys are always present for older clients.
package struct Profile: Codable, Sendable {
  package var author: String
  /// That of the account.
  package var email: String?
  /// The one that everybody sees.
  package var authorEmail: String?
  /// Nil for a token that does not expire.
  package var tokenExpiresAt: String?
  /// What the token may be used for; nil from registries that give every token all rights.
  package var rights: [String]?
  /// The skills that it is for, as patterns such as `acme/*`; nil as above.
  package var skills: [String]?
  /// As `skills`, the agents.
  package var agents: [String]?

  package init(author: String, tokenExpiresAt: String?) {
    self.author = author
    self.tokenExpiresAt = tokenExpiresAt
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(author, forKey: .author)
    try container.encode(email, forKey: .email)
    try container.encode(authorEmail, forKey: .authorEmail)
    try container.encodeIfPresent(tokenExpiresAt, forKey: .tokenExpiresAt)
    try container.encodeIfPresent(rights, forKey: .rights)
    try container.encodeIfPresent(skills, forKey: .skills)
    try container.encodeIfPresent(agents, forKey: .agents)
  }
}

/// A plain confirmation.
package struct Confirmation: Codable, Sendable {
  package var success: Bool
  package var message: String

  package init(_ message: String) {
    success = true
    self.message = message
  }
}

/// `GET /health`.
package struct Health: Codable, Sendable {
  package var status: String
  package var version: String

  package init(status: String, version: String) {
    self.status = status
    self.version = version
  }
}
