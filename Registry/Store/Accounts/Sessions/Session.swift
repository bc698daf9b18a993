import Foundation

/// Somebody signed in with a browser.
package struct Session: Sendable, Hashable {
  package var id: Int64
  package var account: Account
  /// What the account is in its organisations, by their authors' numbers.
  package var organisations: [Int64: Role]
  package var client: ClientDescription
  /// To the hour.
  package var lastUsedAt: Date

  /// Whether a skill is the account's own, or of an organisation that it owns.
  package func owns(_ skill: SkillRecord) -> Bool {
    skill.authorID == account.authorID || organisations[skill.authorID] == .owner
  }

  static let columns: StaticString = "sessions.id, client_name, client_address, last_used_at"

  /// Reads `columns` and those of `Account`.
  init(_ row: SQLRow, organisations: [Int64: Role]) throws {
    id = try row.integer("id")
    account = try Account(row)
    self.organisations = organisations
    client = try ClientDescription(row)
    lastUsedAt = try row.date("last_used_at")
  }
}
