import Foundation
import Skills

/// Who makes a change: the holder of a token, or somebody signed in with a browser.
package protocol Principal: Sendable {
  /// Nil for a token of an author alone.
  var accountID: AccountID? { get }
  /// The principal's own author.
  var authorID: Int64 { get }
  var author: AuthorName { get }
  /// What the account is in its organisations, by their authors' numbers.
  var organisations: [Int64: Role] { get }
  /// What it may be used for.
  var scope: TokenScope { get }
  /// When a token ends; nil for never, and for a session, whose end ends nothing that was made in it.
  var tokenExpiresAt: Date? { get }
  var reader: Reader { get }

  /// Throws unless the principal is still good: to be asked in the transaction of every change.
  func demandGood(at time: Date, on connection: any SQLConnection) throws
}

extension Principal {
  /// What the principal is to an author: the owner of its own, a member of an organisation, or nothing.
  ///
  /// Asks nothing of what a token may be used for.
  package func role(inAuthor id: Int64) -> Role? { id == authorID ? .owner : organisations[id] }

  /// As `demandGood(at:on:)`, and whether the principal is, now, at least that to an author.
  ///
  /// To be asked before anything is read of a skill: a refusal must not tell whether there is one.
  ///
  /// - Returns: The author's number.
  /// - Throws: `RightRefusal.role`.
  @discardableResult
  func demand(
    _ role: Role, in author: AuthorName, at time: Date, on connection: any SQLConnection
  ) throws -> Int64 {
    try demandGood(at: time, on: connection)
    let row = try connection.row(
      """
      SELECT id, role FROM authors LEFT JOIN members ON members.author_id = id AND account_id = \(accountID)
      WHERE name = \(author.rawValue)
      """)
    guard let row else { throw RightRefusal.role(role, in: author) }
    let id = try row.integer("id")
    let own: Role? = try id == authorID ? .owner : row.optional("role", row.role)
    guard let own, own >= role else { throw RightRefusal.role(role, in: author) }
    return id
  }
}

extension Accounts.Identity: Principal {
  package var reader: Reader { Reader(self) }
}

extension Session: Principal {
  package var accountID: AccountID? { account.id }
  package var authorID: Int64 { account.authorID }
  package var author: AuthorName { account.handle }
  package var scope: TokenScope { .everything }
  package var tokenExpiresAt: Date? { nil }
  package var reader: Reader { Reader(self) }

  /// - Throws: `AccountRefusal.sessionEnded`.
  package func demandGood(at time: Date, on connection: any SQLConnection) throws {
    let row = try connection.row("SELECT id FROM sessions WHERE id = \(id) AND expires_at > \(time)")
    if row == nil { throw AccountRefusal.sessionEnded }
  }
}
