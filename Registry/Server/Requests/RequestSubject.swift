import RegistryStore

/// What a handler gets besides its call: who asks, and about what.
protocol RequestSubject: Sendable {
  /// The author whose limits count beside those of the address; nil where nobody is known.
  var payer: Int64? { get }
  /// Whether nobody may keep the response, whatever the row says.
  var isPrivate: Bool { get }
}

extension RequestSubject {
  var isPrivate: Bool { false }
}

extension Accounts.Identity: RequestSubject {
  var payer: Int64? { authorID }
}

extension Optional: RequestSubject where Wrapped == Accounts.Identity {
  var payer: Int64? { self?.authorID }
  var reader: Reader { map(Reader.init) ?? .stranger }
}

extension CatalogEntry: RequestSubject {
  var payer: Int64? { nil }
  var isPrivate: Bool { history.skill.isPrivate }
}

extension OwnedSkill: RequestSubject {
  var payer: Int64? { owner.authorID }
}

extension Visitor: RequestSubject {
  var payer: Int64? { session?.account.authorID }
  /// The page names whoever is signed in.
  var isPrivate: Bool { session != nil }
}

extension Person: RequestSubject {
  var payer: Int64? { account.authorID }
}

extension OwnedSkillVisit: RequestSubject {
  var payer: Int64? { person.payer }
}

extension SkillVisit: RequestSubject {
  var payer: Int64? { visitor.payer }
  var isPrivate: Bool { visitor.isPrivate || skill.isPrivate }
}
