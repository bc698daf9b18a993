import Skills

/// Who asks, as far as it decides which private skills are there for them.
///
/// Made for each request of what was read together with its token or session: whoever leaves an organisation sees
/// nothing of it from then on.
package struct Reader: Sendable, Hashable {
  /// What proves who asks.
  package enum Credential: Sendable, Hashable {
    case none
    case token(Int64)
    case session(Int64)
  }

  /// Somebody whom nobody knows.
  package static let stranger = Reader(.none, authors: [], patterns: [])

  package let credential: Credential
  /// The authors whose private skills are the reader's to see, by number.
  package let authors: Set<Int64>
  /// Which of them the token is for.
  private let patterns: [ResourcePattern]

  private init(_ credential: Credential, authors: Set<Int64>, patterns: [ResourcePattern]) {
    self.credential = credential
    self.authors = authors
    self.patterns = patterns
  }

  /// Of a token without `read:private`, one who is known and sees what everybody sees.
  package init(_ identity: Accounts.Identity) {
    let own = Set(identity.organisations.keys).union([identity.authorID])
    self.init(
      .token(identity.tokenID), authors: identity.scope.allows(.readPrivate) ? own : [],
      patterns: identity.scope.skills)
  }

  package init(_ session: Session) {
    let own = Set(session.organisations.keys).union([session.account.authorID])
    self.init(.session(session.id), authors: own, patterns: [.everything])
  }

  /// Whether a private skill of that name and author is there for the reader.
  func seesPrivate(_ name: SkillName, ofAuthor id: Int64) -> Bool {
    authors.contains(id) && patterns.contains { $0.matches(name.author, name.slug.rawValue) }
  }
}
