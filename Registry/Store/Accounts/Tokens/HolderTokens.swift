import Foundation
import Skills

/// What the holder of a token may know of the tokens of its author and do to them.
extension Accounts {
  /// Tokens that one answer lists.
  private static let listedTokens = 1_000

  /// Those in use, the oldest first; of very many the newest.
  package func activeTokens(ofAuthor author: Int64, at time: Date) async throws -> [TokenRecord] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT * FROM tokens
        WHERE author_id = \(author) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
        ORDER BY id DESC LIMIT \(Self.listedTokens)
        """)
      return try rows.reversed().map(TokenRecord.init)
    }
  }

  /// What is known of a token; nil when it is not one of this registry.
  package func record(of token: AccessToken) async throws -> TokenRecord? {
    try await database.read { connection in
      try connection.row("SELECT * FROM tokens WHERE hash = \(token.hash)").map(TokenRecord.init)
    }
  }

  /// Ends a token of the author for good.
  ///
  /// - Returns: False when there is none of that number in use.
  /// - Throws: `TokenRefusal`.
  package func revokeToken(_ id: Int64, by holder: Identity, at time: Date) async throws -> Bool {
    try await database.write { connection in
      try holder.demandGood(at: time, on: connection)
      return try connection.execute(
        """
        UPDATE tokens SET revoked_at = \(time)
        WHERE id = \(id) AND author_id = \(holder.authorID) AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > \(time))
        """) == 1
    }
  }

  /// Ends tokens that somebody has found in the open, whoever's they are.
  ///
  /// - Returns: How many were alive until now.
  package func revoke(leaked tokens: [AccessToken], at time: Date) async throws -> Int {
    let hashes = tokens.map(\.hash)
    return try await database.write { connection in
      try hashes.reduce(0) { count, hash in
        try count
          + connection.execute("UPDATE tokens SET revoked_at = \(time) WHERE hash = \(hash) AND revoked_at IS NULL")
      }
    }
  }
}
