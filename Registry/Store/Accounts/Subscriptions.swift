import Foundation
import Skills

/// An author that an account follows.
package struct Subscription: Sendable, Hashable {
  package var authorID: Int64
  package var author: AuthorName
  package var displayName: DisplayName?
  package var since: Date

  init(_ row: SQLRow) throws {
    authorID = try row.integer("author_id")
    author = try AuthorName(parsing: row.text("name"))
    displayName = try row.optional("display_name", row.text).map { try DisplayName(parsing: $0) }
    since = try row.date("since")
  }
}

/// Which authors an account follows.
extension Accounts {
  /// Authors that an account can follow.
  package static let maximumSubscriptions = 1_000

  /// - Returns: False when there is no such author, or it was deleted.
  /// - Throws: `QuotaRefusal`; `AccountRefusal.accountEnded`.
  package func subscribe(_ account: AccountID, toAuthor id: Int64, at time: Date) async throws -> Bool {
    try await database.write { connection in
      _ = try Self.demandAccount(account, on: connection)
      let author = try connection.row(
        """
        SELECT authors.id FROM authors LEFT JOIN accounts ON accounts.author_id = authors.id
        WHERE authors.id = \(id) AND deleted_at IS NULL
          AND (is_organisation = 0 OR EXISTS (SELECT role FROM members WHERE members.author_id = authors.id))
        """)
      if author == nil { return false }
      let others = try connection.row(
        "SELECT count(*) AS number FROM subscriptions WHERE account_id = \(account) AND author_id <> \(id)")
      guard try others?.integer("number") ?? 0 < Self.maximumSubscriptions else { throw QuotaRefusal.subscriptions }
      try connection.execute(
        """
        INSERT INTO subscriptions (account_id, author_id, created_at) VALUES (\(account), \(id), \(time))
        ON CONFLICT DO NOTHING
        """)
      return true
    }
  }

  package func unsubscribe(_ account: AccountID, fromAuthor id: Int64) async throws {
    _ = try await database.write { connection in
      try connection.execute("DELETE FROM subscriptions WHERE account_id = \(account) AND author_id = \(id)")
    }
  }

  package func isSubscribed(_ account: AccountID, toAuthor id: Int64) async throws -> Bool {
    try await database.read { connection in
      let row = try connection.row(
        "SELECT author_id FROM subscriptions WHERE account_id = \(account) AND author_id = \(id)")
      return row != nil
    }
  }

  /// By name.
  package func subscriptions(of account: AccountID) async throws -> [Subscription] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT author_id, name, display_name, subscriptions.created_at AS since FROM subscriptions
        JOIN authors ON authors.id = author_id WHERE account_id = \(account) ORDER BY name
        """)
      return try rows.map(Subscription.init)
    }
  }
}
