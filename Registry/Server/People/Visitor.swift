import RegistryStore
import Skills

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
