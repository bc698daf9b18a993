import Foundation
import Skills

/// An organisation that its owner has offered to another account.
package struct Transfer: Sendable, Hashable {
  package var id: Int64
  package var organisation: AuthorName
  /// Who offers it.
  package var from: AuthorName
  package var to: AuthorName
  package var expiresAt: Date

  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    organisation = try AuthorName(parsing: row.text("organisation"))
    from = try AuthorName(parsing: row.text("from_handle"))
    to = try AuthorName(parsing: row.text("to_handle"))
    expiresAt = try row.date("expires_at")
  }
}
