import RegistryStore

/// Who looks at a page that is theirs.
struct Person: Sendable {
  var site: Site
  var session: Session
  var notice: Notice?

  var account: Account { session.account }
  var visitor: Visitor { Visitor(site: site, session: session, notice: notice) }
}
