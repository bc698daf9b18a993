import Foundation
import Skills

/// What an author's tokens are, and ending them without knowing their secrets.
extension Accounts {
  /// Every token of an author, the oldest first; nil when there is no such author.
  package func tokens(of author: AuthorName) async throws -> [TokenRecord]? {
    try await database.read { connection in
      guard let id = try Self.number(of: author, on: connection) else { return nil }
      return try connection.rows("SELECT * FROM tokens WHERE author_id = \(id) ORDER BY id").map(TokenRecord.init)
    }
  }

  /// Ends tokens of an author for good.
  ///
  /// - Parameter id: The number of one of them; nil for all.
  /// - Returns: How many were alive until now; nil when there is no such author.
  package func revokeTokens(_ id: Int64?, of author: AuthorName, at time: Date) async throws -> Int? {
    try await database.write { connection in
      guard let authorID = try Self.number(of: author, on: connection) else { return nil }
      return try connection.execute(
        """
        UPDATE tokens SET revoked_at = \(time)
        WHERE author_id = \(authorID) AND id = coalesce(\(id), id) AND revoked_at IS NULL
        """)
    }
  }

  /// Ends the token that somebody presented.
  package func revokeToken(of identity: Identity, at time: Date) async throws {
    _ = try await database.write { connection in
      try connection.execute(
        "UPDATE tokens SET revoked_at = \(time) WHERE id = \(identity.tokenID) AND revoked_at IS NULL")
    }
  }

  /// Notes that a token is in use, at most once an hour, so that reading costs no write.
  func noteUse(ofToken id: Int64, last: Date?, at time: Date) async {
    if let last, time.timeIntervalSince(last) < 3_600 { return }
    // A registry that cannot write still answers readers; what keeps it from writing shows where something is changed.
    _ = try? await database.write { connection in
      try connection.execute("UPDATE tokens SET last_used_at = \(time) WHERE id = \(id)")
    }
  }

  private static func number(of author: AuthorName, on connection: any SQLConnection) throws -> Int64? {
    try connection.row("SELECT id FROM authors WHERE name = \(author.rawValue)")?.integer("id")
  }
}
