import Foundation
import Skills

/// An author as everybody may know of it.
package struct AuthorRecord: Sendable, Hashable {
  package var id: Int64
  /// The current one.
  package var name: AuthorName
  package var displayName: DisplayName?
  package var publicEmail: EmailAddress?
  package var createdAt: Date
  package var isOrganisation: Bool
  /// Whether the account or the organisation was deleted; what it published stays.
  package var isDeleted: Bool

  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    name = try AuthorName(parsing: row.text("name"))
    displayName = try row.optional("display_name", row.text).map { try DisplayName(parsing: $0) }
    publicEmail = try row.optional("public_email", row.text).map { try EmailAddress(parsing: $0) }
    createdAt = try row.date("created_at")
    isOrganisation = try row.bool("is_organisation")
    isDeleted = try Accounts.isDeleted(row)
  }
}

extension Accounts {
  /// The author that has the name now, or had it; nil for a name that nobody ever had.
  package func author(_ name: AuthorName) async throws -> AuthorRecord? {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT authors.id, authors.name, display_name, public_email, authors.created_at,
          \(raw: Self.deletionColumns)
        FROM names
        JOIN authors ON authors.id = names.author_id LEFT JOIN accounts ON accounts.author_id = authors.id
        WHERE names.name = \(name.rawValue)
        """)
      return try row.map(AuthorRecord.init)
    }
  }
}
