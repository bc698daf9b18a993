import Foundation
import Skills

/// One-time links. There is no mail: whoever makes one passes it on.
extension Accounts {
  /// How long a link can be used.
  package static let invitationLifetime: TimeInterval = 3 * 86_400
  /// Links that an account makes at once, and how long it waits for each one after that.
  package static let invitationLimit = RateLimit(burst: 10, interval: 8_640)
  /// Links in use for accounts, beyond which nobody but the operator makes one.
  package static let maximumInvitations = 1_000

  /// A link for the operator's account, which ends every earlier one; nil once there is an account.
  package func inviteFirstAccount(at time: Date) async throws -> Secret? {
    try await database.write { connection in
      if try Self.hasAccounts(on: connection) { return nil }
      try connection.execute("DELETE FROM invitations WHERE purpose = 'first' AND used_at IS NULL")
      return try Self.insertInvitation("first", at: time, on: connection)
    }
  }

  /// A link for an account.
  ///
  /// - Parameter author: Whose name the account gets, an author without an account or a free name; nil leaves the choice
  ///   to whoever signs up.
  /// - Throws: `AuthorRefusal` when the name cannot be had.
  package func invite(_ author: AuthorName?, at time: Date) async throws -> Secret {
    try await database.write { connection in
      if let author { try Self.demandHandle(author, isInvited: true, on: connection) }
      return try Self.insertInvitation("account", name: author, at: time, on: connection)
    }
  }

  /// A link for an account that somebody makes who has one.
  ///
  /// Whether they may is for the caller to decide.
  ///
  /// - Throws: `AccountRefusal.accountEnded`; `RateRefusal` when the account made too many lately; `QuotaRefusal`.
  package func invite(by account: AccountID, at time: Date) async throws -> Secret {
    try await database.write { connection in
      _ = try Self.demandAccount(account, on: connection)
      let key = RateBucket.Key("invitations", of: "\(account.rawValue)")
      try Self.take(key, of: Self.invitationLimit, at: time, on: connection)
      let others = try connection.row(
        """
        SELECT count(*) AS number FROM invitations
        WHERE purpose = 'account' AND used_at IS NULL AND expires_at > \(time)
        """)
      guard try others?.integer("number") ?? 0 < Self.maximumInvitations else { throw QuotaRefusal.invitations }
      return try Self.insertInvitation("account", at: time, on: connection)
    }
  }

  /// A link for a new password; nil when there is no such account.
  package func inviteReset(of handle: AuthorName, at time: Date) async throws -> Secret? {
    try await database.write { connection in
      guard let account = try Self.account(handle, on: connection) else { return nil }
      return try Self.insertInvitation("reset", account: account.id, at: time, on: connection)
    }
  }

  /// What a link is good for; nil when it is unknown, used or expired.
  package func invitation(_ secret: Secret, at time: Date) async throws -> Invitation? {
    try await database.read { try Self.invitation(secret, at: time, on: $0) }
  }

  /// Sets a new password by a link for it, and ends every session of the account.
  ///
  /// - Throws: `AccountRefusal.invitationEnded`; `unavailable` when too many passwords wait.
  package func resetPassword(_ invitation: Secret, to password: Password, at time: Date) async throws -> Account {
    // Asked before the password is hashed, which costs much, and decided in the transaction.
    _ = try await database.read { try Self.demandReset(invitation, at: time, on: $0) }
    let hash = try await passwords.hash(password)
    return try await database.write { connection in
      let account = try Self.demandReset(invitation, at: time, on: connection)
      try Self.spend(invitation, at: time, on: connection)
      try Self.setPassword(of: account.id, to: hash, keeping: nil, on: connection)
      return account
    }
  }

  /// What a link for an account is good for.
  ///
  /// - Throws: `AccountRefusal.invitationEnded`.
  static func demandInvitation(
    _ secret: Secret, at time: Date, on connection: any SQLConnection
  ) throws -> Invitation {
    switch try invitation(secret, at: time, on: connection) {
    case .reset?, nil: throw AccountRefusal.invitationEnded
    case let invitation?: return invitation
    }
  }

  /// Ends a link for an account, and says what it was good for.
  ///
  /// - Throws: `AccountRefusal.invitationEnded`.
  static func use(
    _ secret: Secret, at time: Date, on connection: any SQLConnection
  ) throws -> Invitation {
    let invitation = try demandInvitation(secret, at: time, on: connection)
    try spend(secret, at: time, on: connection)
    return invitation
  }

  /// Of many that use one link at once, one succeeds.
  private static func spend(_ secret: Secret, at time: Date, on connection: any SQLConnection) throws {
    let spent = try connection.execute(
      """
      UPDATE invitations SET used_at = \(time)
      WHERE hash = \(secret.hash) AND used_at IS NULL AND expires_at > \(time)
      """)
    if spent == 0 { throw AccountRefusal.invitationEnded }
  }

  private static func demandReset(
    _ secret: Secret, at time: Date, on connection: any SQLConnection
  ) throws -> Account {
    guard case .reset(let handle)? = try invitation(secret, at: time, on: connection),
      let account = try account(handle, on: connection)
    else { throw AccountRefusal.invitationEnded }
    return account
  }

  private static func invitation(
    _ secret: Secret, at time: Date, on connection: any SQLConnection
  ) throws -> Invitation? {
    let row = try connection.row(
      """
      SELECT purpose, invitations.name AS invited, authors.name AS handle FROM invitations
      LEFT JOIN accounts ON accounts.id = account_id LEFT JOIN authors ON authors.id = accounts.author_id
      WHERE hash = \(secret.hash) AND used_at IS NULL AND expires_at > \(time)
      """)
    return try row.map(Invitation.init)
  }

  private static func insertInvitation(
    _ purpose: String, name: AuthorName? = nil, account: AccountID? = nil, at time: Date,
    on connection: any SQLConnection
  ) throws -> Secret {
    let secret = Secret()
    try connection.execute(
      """
      INSERT INTO invitations (hash, purpose, name, account_id, expires_at)
      VALUES (\(secret.hash), \(purpose), \(name?.rawValue), \(account),
        \(time.addingTimeInterval(Self.invitationLifetime)))
      """)
    return secret
  }
}
