import Foundation
import Skills

/// Somebody to whom an agent is shared.
package struct AgentGrant: Sendable, Hashable {
  /// An account or an organisation.
  package var author: AuthorName
  package var grantedAt: Date

  init(_ row: SQLRow) throws {
    author = try AuthorName(parsing: row.text("name"))
    grantedAt = try row.date("granted_at")
  }
}
