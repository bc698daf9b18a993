import Foundation
import Skills

/// How accounts begin and change.
extension Accounts {
  /// Makes an account, in one transaction with the end of its invitation.
  ///
  /// Whether somebody without an invitation may sign up is for the caller to decide.
  ///
  /// - Throws: `AuthorRefusal` for the handle; `AccountRefusal.invitationEnded`; `unavailable` when too many passwords
  ///   wait.
  package func signUp(_ new: NewAccount, with invitation: Secret?, at time: Date) async throws -> Account {
    // Asked before the password is hashed, which costs much, and decided in the transaction.
    try await database.read { connection in
      let invited = try invitation.map { try Self.demandInvitation($0, at: time, on: connection) }
      try Self.demandHandle(invited?.handle ?? new.handle, isInvited: invited?.handle != nil, on: connection)
    }
    let password = try await passwords.hash(new.password)
    return try await database.write { connection in
      let invited = try invitation.map { try Self.use($0, at: time, on: connection) }
      return try Self.insert(new, password, invited, at: time, on: connection)
    }
  }

  /// Nil when there is none of that handle, or it was deleted.
  package func account(_ handle: AuthorName) async throws -> Account? {
    try await database.read { try Self.account(handle, on: $0) }
  }

  /// - Parameters:
  ///   - displayName: Nil for none.
  ///   - email: For the owner alone; nil for none.
  ///   - publicEmail: The one that everybody sees; nil for none.
  /// - Throws: `AccountRefusal.accountEnded`.
  package func updateProfile(
    of account: AccountID, displayName: DisplayName?, email: EmailAddress?, publicEmail: EmailAddress?
  ) async throws {
    try await database.write { connection in
      let author = try Self.demandAccount(account, on: connection).authorID
      try connection.execute(
        "UPDATE authors SET display_name = \(displayName), public_email = \(publicEmail) WHERE id = \(author)")
      try connection.execute("UPDATE accounts SET email = \(email) WHERE id = \(account)")
    }
  }

  /// Whether anybody can sign in.
  static func hasAccounts(on connection: any SQLConnection) throws -> Bool {
    try connection.row("SELECT id FROM accounts WHERE deleted_at IS NULL LIMIT 1") != nil
  }

  private static func insert(
    _ new: NewAccount, _ password: PasswordHash, _ invited: Invitation?, at time: Date,
    on connection: any SQLConnection
  ) throws -> Account {
    if invited == .firstAccount, try hasAccounts(on: connection) { throw AccountRefusal.invitationEnded }
    let author =
      try invited?.handle.map { try claim($0, at: time, on: connection) }
      ?? takeName(new.handle, at: time, on: connection)
    try connection.execute("UPDATE authors SET display_name = \(new.displayName) WHERE id = \(author)")
    let row = try connection.row(
      """
      INSERT INTO accounts (author_id, email, password, is_operator, created_at)
      VALUES (\(author), \(new.email), \(password.stored), \(invited == .firstAccount), \(time))
      ON CONFLICT DO NOTHING RETURNING id
      """)
    guard let row else { throw AuthorRefusal.exists }
    return try demandAccount(row.accountID("id"), on: connection)
  }

  /// The author of a name that an invitation is for: one without an account, or a new one.
  private static func claim(_ name: AuthorName, at time: Date, on connection: any SQLConnection) throws -> Int64 {
    try unclaimedAuthor(name, on: connection) ?? takeName(name, at: time, on: connection)
  }

  /// Nil when there is no author of that name, or somebody's.
  static func unclaimedAuthor(_ name: AuthorName, on connection: any SQLConnection) throws -> Int64? {
    let row = try connection.row(
      """
      SELECT authors.id FROM authors LEFT JOIN accounts ON accounts.author_id = authors.id
      WHERE name = \(name.rawValue) AND is_organisation = 0 AND accounts.id IS NULL
      """)
    return try row?.integer("id")
  }

  /// - Parameter isInvited: Whether the name may be that of an author without an account.
  /// - Throws: `AuthorRefusal`.
  static func demandHandle(_ name: AuthorName, isInvited: Bool, on connection: any SQLConnection) throws {
    if isInvited, try unclaimedAuthor(name, on: connection) != nil { return }
    try demandFree(name, for: nil, on: connection)
  }
}
