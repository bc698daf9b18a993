import RegistryStore

/// Who looks at a page.
struct Visitor: Sendable {
  /// Nil where nobody can sign in.
  var site: Site?
  /// Nil for somebody who is not signed in.
  var session: Session?
  /// What a form has just done, when it led here.
  var notice: Notice?

  var reader: Reader { session.map(Reader.init) ?? .stranger }
}

/// Who looks at a page that is theirs.
struct Person: Sendable {
  var site: Site
  var session: Session
  var notice: Notice?

  var account: Account { session.account }
  var visitor: Visitor { Visitor(site: site, session: session, notice: notice) }
}

/// Who looks at a skill.
struct SkillVisit: Sendable {
  var visitor: Visitor
  var skill: CatalogEntry
}
