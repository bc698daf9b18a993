import FoundationSubset

/// `GET /api/authors/resolve?login=`: who that is.
package struct AuthorSummary: Codable, Sendable {
  package var id: String
  /// The name in references of skills.
  package var login: String
  package var name: String?
  /// Spelled so that the strategy for keys finds it in both directions.
  package var avatarUrl: String?

  package init(id: String, login: String, name: String?, avatarUrl: String? = nil) {
    self.id = id
    self.login = login
    self.name = name
    self.avatarUrl = avatarUrl
  }

  /// The keys are always present for older clients.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(login, forKey: .login)
    try container.encode(name, forKey: .name)
    try container.encode(avatarUrl, forKey: .avatarUrl)
  }
}

/// `GET /api/user/subscriptions`: whom the caller follows.
package struct OwnSubscriptions: Codable, Sendable {
  package struct Entry: Codable, Sendable {
    package var authorId: String
    package var createdAt: Date
    package var author: AuthorSummary

    package init(author: AuthorSummary, createdAt: Date) {
      authorId = author.id
      self.createdAt = createdAt
      self.author = author
    }
  }

  package var subscriptions: [Entry]

  package init(subscriptions: [Entry]) {
    self.subscriptions = subscriptions
  }
}

/// `PATCH /api/user/profile`: the address of an author that everybody sees.
package struct ProfileChange: Codable, Sendable {
  /// Empty for none.
  package var email: String

  package init(email: String) {
    self.email = email
  }
}
