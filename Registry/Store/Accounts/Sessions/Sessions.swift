import Foundation

/// Sessions of browsers.
extension Accounts {
  /// How long a session lasts, used or not.
  package static let sessionLifetime: TimeInterval = 30 * 86_400

  /// Starts a session and returns what the browser keeps.
  ///
  /// - Throws: `AccountRefusal.accountEnded`.
  package func startSession(
    of account: AccountID, on client: ClientDescription, at time: Date
  ) async throws -> (session: Session, secret: Secret) {
    let secret = Secret()
    let session = try await database.write { connection in
      _ = try Self.demandAccount(account, on: connection)
      try connection.execute(
        """
        INSERT INTO sessions (account_id, hash, client_name, client_address, created_at, last_used_at, expires_at)
        VALUES (\(account), \(secret.hash), \(client.name), \(client.address), \(time), \(time),
          \(time.addingTimeInterval(Self.sessionLifetime)))
        """)
      return try Self.session(secret, at: time, on: connection)
    }
    guard let session else { throw StoreFailure.corrupt("a session that was just written cannot be read") }
    return (session, secret)
  }

  /// Whose session it is; nil when it is unknown or has ended.
  package func session(presenting secret: Secret, at time: Date) async throws -> Session? {
    guard let session = try await database.read({ try Self.session(secret, at: time, on: $0) }) else { return nil }
    if time.timeIntervalSince(session.lastUsedAt) >= 3_600 {
      // A registry that cannot write still shows pages.
      _ = try? await database.write { connection in
        try connection.execute("UPDATE sessions SET last_used_at = \(time) WHERE id = \(session.id)")
      }
    }
    return session
  }

  /// Those that last, the newest first.
  package func sessions(of account: AccountID, at time: Date) async throws -> [Session] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT \(raw: Session.columns), \(raw: Account.columns) FROM sessions
        JOIN accounts ON accounts.id = account_id JOIN authors ON authors.id = accounts.author_id
        WHERE account_id = \(account) AND expires_at > \(time) ORDER BY sessions.id DESC
        """)
      let organisations = try Self.roles(of: account, on: connection)
      return try rows.map { try Session($0, organisations: organisations) }
    }
  }

  /// Ends one session of an account; false when there is none of that number.
  package func endSession(_ id: Int64, of account: AccountID) async throws -> Bool {
    try await database.write { connection in
      try connection.execute("DELETE FROM sessions WHERE id = \(id) AND account_id = \(account)") == 1
    }
  }

  private static func session(
    _ secret: Secret, at time: Date, on connection: any SQLConnection
  ) throws -> Session? {
    let row = try connection.row(
      """
      SELECT \(raw: Session.columns), \(raw: Account.columns) FROM sessions
      JOIN accounts ON accounts.id = account_id JOIN authors ON authors.id = accounts.author_id
      WHERE hash = \(secret.hash) AND expires_at > \(time) AND deleted_at IS NULL
      """)
    guard let row else { return nil }
    return try Session(row, organisations: roles(of: row.accountID("account_id"), on: connection))
  }
}
