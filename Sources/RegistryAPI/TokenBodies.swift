import FoundationSubset

/// What is known of a token: everything but the token.
package struct TokenSummary: Codable, Sendable {
  package var id: Int64
  /// What its owner calls it; nil for one that an operator made.
  package var name: String?
  /// See `TokenRight`.
  package var rights: [String]
  /// The skills that it is for: `*`, `acme/*`, `acme/tool-*` or `acme/tool`.
  package var skills: [String]
  /// As `skills`, the agents.
  package var agents: [String]
  package var createdAt: Date
  /// To the hour; nil when it never was.
  package var lastUsedAt: Date?
  /// Nil for never.
  package var expiresAt: Date?
  /// Whether the request was made with this very token.
  package var isCurrent: Bool?

  package init(
    id: Int64, name: String?, rights: [String], skills: [String], agents: [String], createdAt: Date,
    lastUsedAt: Date? = nil, expiresAt: Date? = nil, isCurrent: Bool? = nil
  ) {
    self.id = id
    self.name = name
    self.rights = rights
    self.skills = skills
    self.agents = agents
    self.createdAt = createdAt
    self.lastUsedAt = lastUsedAt
    self.expiresAt = expiresAt
    self.isCurrent = isCurrent
  }
}

/// `GET /api/settings/cli-tokens`: the tokens of the caller that are in use.
package struct OwnTokens: Codable, Sendable {
  package var tokens: [TokenSummary]

  package init(tokens: [TokenSummary]) {
    self.tokens = tokens
  }
}

/// `POST /api/settings/cli-tokens`: a token with no more rights than the one that asks for it.
package struct TokenRequest: Codable, Sendable {
  package static let standardDays = 90
  package static let maximumDays = 36_500
  /// Of skills, and of agents.
  package static let maximumPatterns = 50

  package var name: String
  package var rights: [String]
  /// Patterns; those of the token that asks when it is left out.
  package var skills: [String]?
  package var agents: [String]?
  /// Days until it expires, 0 for never; 90 when it is left out, or until the token that asks expires.
  package var expiresInDays: Int?

  package init(
    name: String, rights: [String], skills: [String]? = nil, agents: [String]? = nil, expiresInDays: Int? = nil
  ) {
    self.name = name
    self.rights = rights
    self.skills = skills
    self.agents = agents
    self.expiresInDays = expiresInDays
  }
}

/// The new token, shown this once.
package struct TokenResponse: Codable, Sendable {
  package var token: TokenSummary
  package var secret: String

  package init(token: TokenSummary, secret: String) {
    self.token = token
    self.secret = secret
  }
}
