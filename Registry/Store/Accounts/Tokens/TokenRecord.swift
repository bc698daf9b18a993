import Foundation

/// What a registry knows of a token: everything but the token.
package struct TokenRecord: Sendable, Codable, Equatable {
  package var id: Int64
  /// What its owner calls it; nil for one that an operator made.
  package var name: String?
  package var scope: TokenScope
  package var createdAt: Date
  /// To the hour; nil when it never was.
  package var lastUsedAt: Date?
  /// Nil for never.
  package var expiresAt: Date?
  package var revokedAt: Date?

  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    name = try row.optional("name", row.text)
    scope = try TokenScope(row)
    createdAt = try row.date("created_at")
    lastUsedAt = try row.optional("last_used_at", row.date)
    expiresAt = try row.optional("expires_at", row.date)
    revokedAt = try row.optional("revoked_at", row.date)
  }
}
