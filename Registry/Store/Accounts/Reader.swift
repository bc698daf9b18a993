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
  package static let stranger = Reader(.none, authors: [], patterns: [], agentAuthors: [], agentPatterns: [])

  package let credential: Credential
  /// The authors whose private skills are the reader's to see, by number.
  package let authors: Set<Int64>
  /// Which of them the token is for.
  private let patterns: [ResourcePattern]
  /// The authors whose private agents, and those shared with them, are the reader's to see, by number.
  let agentAuthors: Set<Int64>
  private let agentPatterns: [ResourcePattern]

  private init(
    _ credential: Credential, authors: Set<Int64>, patterns: [ResourcePattern], agentAuthors: Set<Int64>,
    agentPatterns: [ResourcePattern]
  ) {
    self.credential = credential
    self.authors = authors
    self.patterns = patterns
    self.agentAuthors = agentAuthors
    self.agentPatterns = agentPatterns
  }

  /// Of a token without `read:private`, one who is known and sees of skills what everybody sees.
  ///
  /// Private agents are there for a token that manages, connects or calls agents, the latter two by its patterns.
  package init(_ identity: Accounts.Identity) {
    let own = Set(identity.organisations.keys).union([identity.authorID])
    let scope = identity.scope
    let isForAgents = scope.allows(.manage) || scope.allows(.connectAgent) || scope.allows(.call)
    self.init(
      .token(identity.tokenID), authors: scope.allows(.readPrivate) ? own : [], patterns: scope.skills,
      agentAuthors: isForAgents ? own : [], agentPatterns: scope.allows(.manage) ? [.everything] : scope.agents)
  }

  package init(_ session: Session) {
    let own = Set(session.organisations.keys).union([session.account.authorID])
    self.init(
      .session(session.id), authors: own, patterns: [.everything], agentAuthors: own, agentPatterns: [.everything])
  }

  /// Whether a private skill of that name and author is there for the reader.
  func seesPrivate(_ name: SkillName, ofAuthor id: Int64) -> Bool {
    authors.contains(id) && patterns.contains { $0.matches(name.author, name.slug.rawValue) }
  }

  /// Whether private agents of that name are there for the reader, provided that they are its or shared with it.
  func seesAgents(named slug: String, of author: AuthorName) -> Bool {
    agentPatterns.contains { $0.matches(author, slug) }
  }
}
