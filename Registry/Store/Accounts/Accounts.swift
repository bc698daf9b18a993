import Foundation
import Skills

/// Authors, the accounts and organisations behind them, and what lets somebody in.
package struct Accounts: Sendable {
  let database: any SQLDatabase
  let passwords: PasswordHasher
  let polls = DevicePolls()
  let renames = RenameObservers()

  /// Who a token stands for.
  package struct Identity: Sendable, Hashable {
    package var authorID: Int64
    package var author: AuthorName
    package var tokenID: Int64
    package var tokenExpiresAt: Date?
    /// Nil for a token of an author alone, as an operator makes them.
    package var accountID: AccountID?
    package var scope: TokenScope
    /// What the account is in its organisations, by their authors' numbers.
    package var organisations: [Int64: Role]
  }

  /// The token is unknown, expired or revoked.
  package struct TokenRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
    package init() {}

    package var meshError: MeshError {
      MeshError(.unauthorized, "the token is unknown, expired or revoked", hint: "Log in with a valid token.")
    }
  }

  /// Calls `observer` after every change of a name from now on, also that of a skill: whoever keeps what was read under
  /// one has to forget it.
  package func onRename(_ observer: @escaping @Sendable () -> Void) { renames.add(observer) }

  package func createAuthor(_ name: AuthorName, at time: Date) async throws {
    try await database.write { _ = try Self.takeName(name, at: time, on: $0) }
  }

  /// Stores a new token with every right of `author`; nil when there is no such author.
  package func createToken(for author: AuthorName, at time: Date, expiringAt expiry: Date?) async throws -> AccessToken?
  {
    try await database.write { connection in
      let row = try connection.row("SELECT id FROM authors WHERE name = \(author.rawValue)")
      guard let id = try row?.integer("id") else { return nil }
      let token = StoredToken(authorID: id, account: nil, name: nil, scope: .everything, expiresAt: expiry)
      return try token.insert(at: time, on: connection)
    }
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
    let rows = try await database.read { connection in
      try connection.rows(
        """
        SELECT tokens.id AS token_id, expires_at, last_used_at, tokens.author_id, authors.name AS author,
          tokens.account_id, rights, skill_patterns, agent_patterns, members.author_id AS organisation, role
        FROM tokens JOIN authors ON authors.id = tokens.author_id
        LEFT JOIN members ON members.account_id = tokens.account_id
        WHERE hash = \(token.hash) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
        """)
    }
    guard let first = rows.first else { return nil }
    let identity = try Identity(first, memberships: rows)
    await noteUse(ofToken: identity.tokenID, last: try first.optional("last_used_at", first.date), at: time)
    return identity
  }
}

extension Accounts.Identity {
  /// Whether the token is still good: to be asked in the transaction of every change that is made with it.
  ///
  /// An upload may take minutes, and its token may end meanwhile.
  package func demandGood(at time: Date, on connection: any SQLConnection) throws {
    let row = try connection.row(
      """
      SELECT id FROM tokens
      WHERE id = \(tokenID) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(time))
      """)
    if row == nil { throw Accounts.TokenRefusal() }
  }

  /// - Parameter skill: Nil where the token's patterns say nothing of what is done.
  /// - Throws: `RightRefusal.right` when the token allows none of these rights; an empty list demands nothing.
  package func demand(anyOf rights: [TokenRight], on skill: SkillName?) throws(RightRefusal) {
    let isAllowed = rights.contains { right in
      if let skill { scope.allows(right, on: skill) } else { scope.allows(right) }
    }
    if !rights.isEmpty, !isAllowed { throw .right(rights, on: skill) }
  }

  /// - Parameter memberships: The same token once for each organisation of its account.
  fileprivate init(_ row: SQLRow, memberships: [SQLRow]) throws {
    authorID = try row.integer("author_id")
    author = try AuthorName(parsing: row.text("author"))
    tokenID = try row.integer("token_id")
    tokenExpiresAt = try row.optional("expires_at", row.date)
    accountID = try row.optional("account_id", row.accountID)
    scope = try TokenScope(row)
    organisations = [:]
    for row in memberships {
      guard let id = try row.optional("organisation", row.integer) else { continue }
      organisations[id] = try row.role("role")
    }
  }
}
