import Foundation
import Skills

/// Organisations and their members.
///
/// Each change demands in its own transaction that `owner` owns the organisation; it throws `AccountRefusal`.
extension Accounts {
  /// Takes a name for a new organisation whose only owner is `owner`.
  ///
  /// - Throws: `AuthorRefusal` for the name; `QuotaRefusal`.
  package func createOrganisation(
    _ name: AuthorName, displayName: DisplayName?, by owner: AccountID, at time: Date
  ) async throws -> Organisation {
    try await database.write { connection in
      _ = try Self.demandAccount(owner, on: connection)
      try Self.takeNameQuota(of: owner, at: time, on: connection)
      let id = try Self.takeName(name, isOrganisation: true, at: time, on: connection)
      try connection.execute("UPDATE authors SET display_name = \(displayName) WHERE id = \(id)")
      try Self.setRole(.owner, of: owner, in: id, at: time, on: connection)
      return Organisation(authorID: id, name: name, displayName: displayName)
    }
  }

  /// Where an account is a member, and as what, by name.
  package func organisations(of account: AccountID) async throws -> [(organisation: Organisation, role: Role)] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT authors.id, name, display_name, role FROM members
        JOIN authors ON authors.id = author_id WHERE account_id = \(account) ORDER BY name
        """)
      return try rows.map { (organisation: try Organisation($0), role: try $0.role("role")) }
    }
  }

  /// Nil when there is no such organisation, or it was deleted.
  package func organisation(_ name: AuthorName) async throws -> Organisation? {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT id, name, display_name FROM authors
        WHERE name = \(name.rawValue) AND is_organisation = 1
          AND EXISTS (SELECT account_id FROM members WHERE members.author_id = authors.id)
        """)
      return try row.map(Organisation.init)
    }
  }

  /// By handle.
  package func members(of organisation: Organisation) async throws -> [Membership] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT account_id, name, role, joined_at FROM members JOIN accounts ON accounts.id = account_id
        JOIN authors ON authors.id = accounts.author_id
        WHERE members.author_id = \(organisation.authorID) ORDER BY name
        """)
      return try rows.map(Membership.init)
    }
  }

  /// Adds a member or changes its role.
  ///
  /// - Throws: `.unknownAccount`, `.notOwner`, `.lastOwner`; `QuotaRefusal`.
  package func setRole(
    _ role: Role, of handle: AuthorName, in organisation: Organisation, by owner: AccountID, at time: Date
  ) async throws {
    try await database.write { connection in
      let id = try Self.demandOrganisation(organisation, by: owner, on: connection)
      guard let member = try Self.account(handle, on: connection) else { throw AccountRefusal.unknownAccount(handle) }
      try Self.setRole(role, of: member.id, in: id, at: time, on: connection)
      try Self.demandSomeOwner(of: id, organisation.name, on: connection)
    }
  }

  /// Removes a member, who may remove itself.
  ///
  /// - Throws: `.unknownAccount`, `.notOwner`, `.lastOwner`.
  package func removeMember(
    _ handle: AuthorName, from organisation: Organisation, by owner: AccountID, at time: Date
  ) async throws {
    try await database.write { connection in
      guard let member = try Self.account(handle, on: connection) else { throw AccountRefusal.unknownAccount(handle) }
      let id = organisation.authorID
      if member.id == owner {
        _ = try Self.lock(organisation.name, on: connection)
      } else {
        _ = try Self.demandOrganisation(organisation, by: owner, on: connection)
      }
      let removed = try connection.execute(
        "DELETE FROM members WHERE author_id = \(id) AND account_id = \(member.id)")
      if removed == 0 { throw AccountRefusal.unknownAccount(handle) }
      try Self.demandSomeOwner(of: id, organisation.name, on: connection)
    }
  }

  /// To be asked after every change that may have taken an owner away.
  ///
  /// - Throws: `AccountRefusal.lastOwner`.
  static func demandSomeOwner(of id: Int64, _ name: AuthorName, on connection: any SQLConnection) throws {
    let owner = try connection.row("SELECT account_id FROM members WHERE author_id = \(id) AND role = 'owner' LIMIT 1")
    if owner == nil { throw AccountRefusal.lastOwner(name) }
  }

  /// - Throws: `QuotaRefusal`.
  static func setRole(
    _ role: Role, of account: AccountID, in organisation: Int64, at time: Date, on connection: any SQLConnection
  ) throws {
    try connection.execute(
      """
      INSERT INTO members (author_id, account_id, role, joined_at)
      VALUES (\(organisation), \(account), \(role), \(time))
      ON CONFLICT (author_id, account_id) DO UPDATE SET role = excluded.role
      """)
    try demandRoom(for: account, in: organisation, on: connection)
  }

  /// - Returns: Its number.
  static func demandOrganisation(
    _ organisation: Organisation, by owner: AccountID, on connection: any SQLConnection
  ) throws -> Int64 {
    let id = try demandOwner(of: organisation.name, by: owner, on: connection)
    guard id == organisation.authorID else { throw AccountRefusal.notOwner(organisation.name) }
    return id
  }
}
