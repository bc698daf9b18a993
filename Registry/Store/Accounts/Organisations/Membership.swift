import Foundation
import Skills

/// An account in an organisation.
package struct Membership: Sendable, Hashable {
  package var account: AccountID
  package var handle: AuthorName
  package var role: Role
  package var since: Date

  init(_ row: SQLRow) throws {
    account = try row.accountID("account_id")
    handle = try AuthorName(parsing: row.text("name"))
    role = try row.role("role")
    since = try row.date("joined_at")
  }
}
