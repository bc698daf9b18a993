import Foundation
import Skills

/// The tokens of an account: its own, and those of its author from before it had an account.
extension Accounts {
  /// How long a token lasts when nobody says.
  package static let tokenLifetime: TimeInterval = 90 * 86_400
  /// Tokens of one author that are in use, beyond which none is made but by a login.
  package static let maximumTokens = 200

  /// Makes a token from a session, which may give any right of the account.
  ///
  /// - Throws: `AccountRefusal.accountEnded`; `QuotaRefusal`.
  package func createToken(_ new: NewToken, for account: AccountID, at time: Date) async throws -> AccessToken {
    try await database.write { connection in
      let owner = try Self.demandAccount(account, on: connection)
      try Self.demandRoom(forTokenOf: owner.authorID, at: time, on: connection)
      return try new.row(of: owner.authorID, account).insert(at: time, on: connection)
    }
  }

  /// Makes a token with another one.
  ///
  /// - Throws: `AccountRefusal.excessiveScope` when it would have more rights or last longer; `TokenRefusal`;
  ///   `QuotaRefusal`.
  package func createToken(_ new: NewToken, by maker: Identity, at time: Date) async throws -> AccessToken {
    try await database.write { connection in
      try maker.demandGood(at: time, on: connection)
      let end = maker.tokenExpiresAt ?? .distantFuture
      guard maker.scope.includes(new.scope), new.expiresAt ?? .distantFuture <= end else {
        throw AccountRefusal.excessiveScope
      }
      try Self.demandRoom(forTokenOf: maker.authorID, at: time, on: connection)
      return try new.row(of: maker.authorID, maker.accountID).insert(at: time, on: connection)
    }
  }

  /// Ends a token of an account for good; false when there is none of that number in use.
  package func revokeToken(_ id: Int64, of account: AccountID, at time: Date) async throws -> Bool {
    try await database.write { connection in
      try connection.execute(
        """
        UPDATE tokens SET revoked_at = \(time)
        WHERE author_id = (SELECT author_id FROM accounts WHERE id = \(account)) AND id = \(id)
          AND revoked_at IS NULL
        """) == 1
    }
  }

  /// - Throws: `QuotaRefusal`.
  static func demandRoom(
    forTokenOf author: Int64, at time: Date, on connection: any SQLConnection
  ) throws {
    let row = try connection.row(
      """
      SELECT count(*) AS number FROM tokens
      WHERE author_id = \(author) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
      """)
    guard try row?.integer("number") ?? 0 < maximumTokens else { throw QuotaRefusal.tokens }
  }
}

extension NewToken {
  fileprivate func row(of authorID: Int64, _ account: AccountID?) -> StoredToken {
    StoredToken(authorID: authorID, account: account, name: name, scope: scope, expiresAt: expiresAt)
  }
}
