import Foundation
import Skills

/// Authors and their tokens.
package struct Accounts: Sendable {
  let database: any SQLDatabase

  /// Who a token stands for.
  package struct Identity: Sendable, Hashable {
    package var authorID: Int64
    package var author: AuthorName
    package var tokenID: Int64
    package var tokenExpiresAt: Date?
    /// Nil for a token of an author without an account, as an operator makes them.
    package var accountID: AccountID?
    package var scope: TokenScope
    /// What the account is in its organisations, by their authors' numbers.
    package var organisations: [Int64: Role]

    /// What the holder is to an author: the owner of its own, a member of an organisation, or nothing.
    ///
    /// Asks nothing of what the token may be used for.
    package func role(inAuthor id: Int64) -> Role? { id == authorID ? .owner : organisations[id] }
  }

  /// Why a name cannot be had.
  package enum AuthorRefusal: Error, Sendable, Equatable {
    case reserved
    case exists
    /// A reader could take the name for that of `other`.
    case confusable(other: String)
  }

  /// The token is unknown, expired or revoked.
  package struct TokenRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
    package init() {}

    package var meshError: MeshError {
      MeshError(.unauthorized, "the token is unknown, expired or revoked", hint: "Log in with a valid token.")
    }
  }

  package func createAuthor(_ name: AuthorName, at time: Date) async throws {
    if name.isReserved { throw AuthorRefusal.reserved }
    try await database.write { connection in
      let taken = try connection.row("SELECT name FROM authors WHERE skeleton = \(name.skeleton)")
      if let other = try taken?.text("name") {
        throw other == name.rawValue ? AuthorRefusal.exists : AuthorRefusal.confusable(other: other)
      }
      try connection.execute(
        "INSERT INTO authors (name, skeleton, created_at) VALUES (\(name.rawValue), \(name.skeleton), \(time))")
    }
  }

  /// Stores a new token for `author`; nil when there is no such author.
  package func createToken(for author: AuthorName, at time: Date, expiringAt expiry: Date?) async throws -> AccessToken?
  {
    let token = AccessToken()
    let created = try await database.write { connection in
      try connection.execute(
        """
        INSERT INTO tokens (author_id, hash, created_at, expires_at)
        SELECT id, \(token.hash), \(time), \(expiry) FROM authors WHERE name = \(author.rawValue)
        """)
    }
    return created == 1 ? token : nil
  }

  /// Ends a token for good; false when no such token was alive.
  package func revoke(_ token: AccessToken, at time: Date) async throws -> Bool {
    try await database.write { connection in
      try connection.execute(
        "UPDATE tokens SET revoked_at = \(time) WHERE hash = \(token.hash) AND revoked_at IS NULL") == 1
    }
  }

  /// Who presents `token`, or nil when it is unknown, expired or revoked.
  package func identity(presenting token: AccessToken, at time: Date) async throws -> Identity? {
    let found = try await database.read { connection in
      let row = try connection.row(
        """
        SELECT tokens.id AS token_id, expires_at, last_used_at, author_id, name FROM tokens
        JOIN authors ON authors.id = author_id
        WHERE hash = \(token.hash) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
        """)
      return try row.map { (identity: try Identity($0), lastUse: try $0.optional("last_used_at", $0.date)) }
    }
    guard let found else { return nil }
    await noteUse(ofToken: found.identity.tokenID, last: found.lastUse, at: time)
    return found.identity
  }
}

extension Accounts.Identity {
  /// Whether the token is still good: to be asked in the transaction of every change that is made with it.
  ///
  /// An upload may take minutes, and its token may end meanwhile.
  func demandGood(at time: Date, on connection: any SQLConnection) throws {
    let row = try connection.row(
      """
      SELECT id FROM tokens
      WHERE id = \(tokenID) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
      """)
    if row == nil { throw Accounts.TokenRefusal() }
  }

  fileprivate init(_ row: SQLRow) throws {
    authorID = try row.integer("author_id")
    author = try AuthorName(parsing: row.text("name"))
    tokenID = try row.integer("token_id")
    tokenExpiresAt = try row.optional("expires_at", row.date)
    accountID = nil
    scope = .everything
    organisations = [:]
  }
}
