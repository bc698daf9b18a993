import Foundation
import Skills

/// A name that several accounts publish under.
package struct Organisation: Sendable, Hashable {
  /// Its number among the authors.
  package var authorID: Int64
  package var name: AuthorName
  package var displayName: DisplayName?
  package var createdAt: Date
}

/// An account in an organisation.
package struct Membership: Sendable, Hashable {
  package var account: AccountID
  package var handle: AuthorName
  package var role: Role
  package var since: Date
}
