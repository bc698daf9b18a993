import Foundation
import Skills

/// How accounts and organisations end.
extension Accounts {
  /// Blanks everything personal and ends sessions, tokens, memberships, logins and agents; the number and the name stay
  /// taken, and what was published stays.
  ///
  /// - Throws: `AccountRefusal.lastOwner` of an organisation, `.accountEnded`.
  package func delete(_ account: AccountID, at time: Date) async throws {
    try await database.write { connection in
      let author = try Self.demandAccount(account, on: connection).authorID
      let rows = try connection.rows(
        "SELECT name FROM members JOIN authors ON authors.id = author_id WHERE account_id = \(account) ORDER BY name")
      for name in try rows.map({ try AuthorName(parsing: $0.text("name")) }) {
        guard let organisation = try Self.lock(name, on: connection) else { continue }
        try connection.execute(
          "DELETE FROM members WHERE author_id = \(organisation) AND account_id = \(account)")
        try Self.demandSomeOwner(of: organisation, name, on: connection)
      }
      try Agents.end(agentsOfAuthor: author, at: time, on: connection)
      for statement in Self.erasure(of: account, author, at: time) { try connection.execute(statement) }
      for statement in Agents.erasure(of: account) + Webhooks.erasure(of: account) {
        try connection.execute(statement)
      }
    }
  }

  /// Ends members, tokens, offers and agents of an organisation; the number and the name stay taken, and what was
  /// published stays.
  ///
  /// One without members is one that was deleted: every other one has an owner.
  ///
  /// - Throws: `AccountRefusal.notOwner`.
  package func delete(_ organisation: Organisation, by owner: AccountID, at time: Date) async throws {
    try await database.write { connection in
      let id = try Self.demandOrganisation(organisation, by: owner, on: connection)
      try Agents.end(agentsOfAuthor: id, at: time, on: connection)
      for statement in Self.erasure(ofOrganisation: id, at: time) { try connection.execute(statement) }
    }
  }

  /// What `isDeleted(_:)` reads, of `authors` joined with the `accounts` that there are.
  static let deletionColumns: StaticString =
    "is_organisation, deleted_at, (SELECT count(*) FROM members WHERE members.author_id = authors.id) AS member_count"

  /// Whether an author was deleted: a person, or an organisation.
  static func isDeleted(_ row: SQLRow) throws -> Bool {
    try row.bool("is_organisation")
      ? row.integer("member_count") == 0 : row.optional("deleted_at", row.date) != nil
  }

  private static func erasure(ofOrganisation id: Int64, at time: Date) -> [SQL] {
    [
      "UPDATE authors SET display_name = NULL, public_email = NULL WHERE id = \(id)",
      "UPDATE tokens SET name = NULL, revoked_at = coalesce(revoked_at, \(time)) WHERE author_id = \(id)",
      "DELETE FROM members WHERE author_id = \(id)",
      "DELETE FROM subscriptions WHERE author_id = \(id)",
      "DELETE FROM agent_grants WHERE author_id = \(id)",
      "UPDATE transfers SET ended_at = \(time) WHERE author_id = \(id) AND ended_at IS NULL",
      "UPDATE skill_transfers SET ended_at = \(time) WHERE to_author = \(id) AND ended_at IS NULL",
    ]
  }

  /// Everything that says something of a person or lets it in.
  private static func erasure(of account: AccountID, _ author: Int64, at time: Date) -> [SQL] {
    [
      "UPDATE accounts SET email = NULL, password = NULL, deleted_at = \(time) WHERE id = \(account)",
      "UPDATE authors SET display_name = NULL, public_email = NULL WHERE id = \(author)",
      "UPDATE tokens SET name = NULL, revoked_at = coalesce(revoked_at, \(time)) WHERE author_id = \(author)",
      "DELETE FROM sessions WHERE account_id = \(account)",
      "DELETE FROM device_codes WHERE account_id = \(account)",
      "DELETE FROM invitations WHERE account_id = \(account)",
      "DELETE FROM subscriptions WHERE account_id = \(account) OR author_id = \(author)",
      "DELETE FROM agent_grants WHERE author_id = \(author)",
      """
      UPDATE transfers SET ended_at = \(time)
      WHERE (from_account = \(account) OR to_account = \(account)) AND ended_at IS NULL
      """,
      """
      UPDATE skill_transfers SET ended_at = \(time)
      WHERE (from_account = \(account) OR to_author = \(author)) AND ended_at IS NULL
      """,
    ]
  }
}
