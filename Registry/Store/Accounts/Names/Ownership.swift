import Foundation
import Skills

/// Who may change what, asked in the transaction of the change.
extension Accounts {
  /// An account that was not deleted.
  ///
  /// - Throws: `AccountRefusal.accountEnded`.
  static func demandAccount(_ id: AccountID, on connection: any SQLConnection) throws -> Account {
    let row = try connection.row(
      """
      SELECT \(raw: Account.columns) FROM accounts JOIN authors ON authors.id = accounts.author_id
      WHERE accounts.id = \(id) AND deleted_at IS NULL
      """)
    guard let row else { throw AccountRefusal.accountEnded }
    return try Account(row)
  }

  /// Nil when there is none of that handle, or it was deleted.
  static func account(_ handle: AuthorName, on connection: any SQLConnection) throws -> Account? {
    let row = try connection.row(
      """
      SELECT \(raw: Account.columns) FROM accounts JOIN authors ON authors.id = accounts.author_id
      WHERE authors.name = \(handle.rawValue) AND deleted_at IS NULL
      """)
    return try row.map(Account.init)
  }

  /// Demands that an account owns the author of that name: that it is its own, or an organisation of its.
  ///
  /// - Returns: The author's number.
  /// - Throws: `AccountRefusal.notOwner`.
  static func demandOwner(
    of name: AuthorName, by account: AccountID, on connection: any SQLConnection
  ) throws -> Int64 {
    guard let id = try lock(name, on: connection) else { throw AccountRefusal.notOwner(name) }
    let owner = try connection.row(
      """
      SELECT id FROM accounts WHERE id = \(account) AND author_id = \(id) AND deleted_at IS NULL
      UNION ALL
      SELECT account_id FROM members WHERE account_id = \(account) AND author_id = \(id) AND role = 'owner'
      """)
    if owner == nil { throw AccountRefusal.notOwner(name) }
    return id
  }

  /// Has changes of an author's owners come one after the other: on PostgreSQL transactions wait for this change of
  /// nothing.
  ///
  /// - Returns: The author's number; nil when there is none of that name.
  static func lock(_ name: AuthorName, on connection: any SQLConnection) throws -> Int64? {
    try connection.row("UPDATE authors SET created_at = created_at WHERE name = \(name.rawValue) RETURNING id")?
      .integer("id")
  }
}
