import Foundation
import Skills

/// Passwords.
extension Accounts {
  /// The account of a handle and a password; nil when either is wrong, after the same work.
  ///
  /// A password that was hashed with other parameters than today's is hashed anew.
  ///
  /// - Throws: `unavailable` when too many passwords wait.
  package func signIn(_ handle: AuthorName, _ password: Password) async throws -> Account? {
    let found = try await database.read { connection in
      let row = try connection.row(
        """
        SELECT \(raw: Account.columns), password FROM accounts JOIN authors ON authors.id = accounts.author_id
        WHERE authors.name = \(handle.rawValue) AND deleted_at IS NULL
        """)
      return try row.map { (account: try Account($0), hash: try PasswordHash(stored: $0.text("password"))) }
    }
    let matches = try await passwords.matches(password, found?.hash ?? passwords.dummy)
    guard let found, matches else { return nil }
    // It may have been changed while this one waited for its turn, and then the new one counts.
    guard try await isCurrent(found.hash, of: found.account.id) else { return try await signIn(handle, password) }
    if found.hash.parameters != passwords.parameters {
      let fresh = try await passwords.hash(password)
      try await replace(found.hash, of: found.account.id, by: fresh)
    }
    return found.account
  }

  /// Ends every other session.
  ///
  /// - Parameter session: The one that stays.
  /// - Throws: `AccountRefusal.wrongPassword`, `.sessionEnded`, `.accountEnded`; `unavailable` when too many passwords
  ///   wait.
  package func changePassword(
    of account: Account, from old: Password, to new: Password, keeping session: Int64, at time: Date
  ) async throws {
    guard try await signIn(account.handle, old)?.id == account.id else { throw AccountRefusal.wrongPassword }
    let hash = try await passwords.hash(new)
    try await database.write { connection in
      try Self.setPassword(of: account.id, to: hash, keeping: session, on: connection)
      // A link may have set another password while this one was hashed; with it the session has ended.
      let own = try connection.row("SELECT id FROM sessions WHERE id = \(session) AND account_id = \(account.id)")
      if own == nil { throw AccountRefusal.sessionEnded }
    }
  }

  /// Ends every session but one, every link for a new password, and every login of a device that was approved and has no
  /// token yet: whoever knew the old password may have approved it.
  ///
  /// - Parameter session: Nil to end all.
  static func setPassword(
    of account: AccountID, to hash: PasswordHash, keeping session: Int64?, on connection: any SQLConnection
  ) throws {
    let changed = try connection.execute(
      "UPDATE accounts SET password = \(hash.stored) WHERE id = \(account) AND deleted_at IS NULL")
    guard changed == 1 else { throw AccountRefusal.accountEnded }
    try connection.execute("DELETE FROM sessions WHERE account_id = \(account) AND id IS DISTINCT FROM \(session)")
    try connection.execute("DELETE FROM invitations WHERE account_id = \(account) AND used_at IS NULL")
    try connection.execute("DELETE FROM device_codes WHERE account_id = \(account) AND state = 'approved'")
  }

  private func isCurrent(_ hash: PasswordHash, of account: AccountID) async throws -> Bool {
    try await database.read { connection in
      try connection.row("SELECT id FROM accounts WHERE id = \(account) AND password = \(hash.stored)") != nil
    }
  }

  /// Does nothing when the password was changed meanwhile.
  private func replace(_ old: PasswordHash, of account: AccountID, by new: PasswordHash) async throws {
    _ = try await database.write { connection in
      try connection.execute(
        "UPDATE accounts SET password = \(new.stored) WHERE id = \(account) AND password = \(old.stored)")
    }
  }
}
