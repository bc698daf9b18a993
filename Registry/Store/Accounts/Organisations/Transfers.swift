import Foundation
import Skills

/// Handing an organisation to another account: offered by one side, accepted by the other.
extension Accounts {
  /// How long an offer stands.
  package static let transferLifetime: TimeInterval = 7 * 86_400
  /// Offers to one account that can stand.
  package static let maximumTransfers = 100

  /// Offers an organisation; an earlier offer of it ends.
  ///
  /// - Throws: `.notOwner`, `.unknownAccount`; `QuotaRefusal`.
  package func offer(
    _ organisation: Organisation, to recipient: AuthorName, by owner: AccountID, at time: Date
  ) async throws -> Transfer {
    try await database.write { connection in
      let id = try Self.demandOrganisation(organisation, by: owner, on: connection)
      guard let to = try Self.account(recipient, on: connection) else {
        throw AccountRefusal.unknownAccount(recipient)
      }
      try connection.execute("UPDATE transfers SET ended_at = \(time) WHERE author_id = \(id) AND ended_at IS NULL")
      try connection.execute(
        """
        INSERT INTO transfers (author_id, from_account, to_account, expires_at)
        VALUES (\(id), \(owner), \(to.id), \(time.addingTimeInterval(Self.transferLifetime)))
        """)
      try Self.demandRoom(forTransferTo: to.id, at: time, on: connection)
      let standing = try Self.transfers(of: owner, at: time, on: connection)
      guard let transfer = standing.first(where: { $0.organisation == organisation.name }) else {
        throw StoreFailure.corrupt("an offer that was just written cannot be read")
      }
      return transfer
    }
  }

  /// The offers that stand, made to an account or by it.
  package func transfers(of account: AccountID, at time: Date) async throws -> [Transfer] {
    try await database.read { try Self.transfers(of: account, at: time, on: $0) }
  }

  /// Makes the recipient the only owner and ends every membership and every token of the old side, in one transaction.
  ///
  /// The tokens are those of the organisation itself, those of its members that are for it alone, and those for one of
  /// its agents; others lose what they could do with it, as the membership they go by is gone. Tickets end, and so does
  /// the access to its agents that members had by a grant.
  ///
  /// - Throws: `.transferEnded` when the offer no longer stands, was made to another account, or by one that no longer
  ///   owns the organisation; `QuotaRefusal`.
  package func accept(transfer id: Int64, by recipient: AccountID, at time: Date) async throws {
    try await database.write { connection in
      let row = try connection.row(
        """
        UPDATE transfers SET ended_at = \(time)
        WHERE id = \(id) AND to_account = \(recipient) AND ended_at IS NULL AND expires_at > \(time)
        RETURNING author_id, from_account
        """)
      guard let row else { throw AccountRefusal.transferEnded }
      let (organisation, giver) = (try row.integer("author_id"), try row.accountID("from_account"))
      let author = try connection.row("SELECT name FROM authors WHERE id = \(organisation)")
      guard let name = try author.map({ try AuthorName(parsing: $0.text("name")) }) else {
        throw StoreFailure.corrupt("an offer of no author")
      }
      do {
        _ = try Self.demandOwner(of: name, by: giver, on: connection)
      } catch is AccountRefusal {
        throw AccountRefusal.transferEnded
      }
      try Self.revokeTokens(ofMembersOf: organisation, name, except: recipient, at: time, on: connection)
      try Agents.dropAccess(ofMembersOf: organisation, except: recipient, at: time, on: connection)
      try connection.execute("DELETE FROM members WHERE author_id = \(organisation)")
      try Self.setRole(.owner, of: recipient, in: organisation, at: time, on: connection)
    }
  }

  /// Ends an offer, from either side.
  ///
  /// - Throws: `.transferEnded`.
  package func decline(transfer id: Int64, by account: AccountID, at time: Date) async throws {
    try await database.write { connection in
      let ended = try connection.execute(
        """
        UPDATE transfers SET ended_at = \(time)
        WHERE id = \(id) AND (from_account = \(account) OR to_account = \(account)) AND ended_at IS NULL
          AND expires_at > \(time)
        """)
      if ended == 0 { throw AccountRefusal.transferEnded }
    }
  }

  /// To be asked after an offer was entered, in the same transaction.
  private static func demandRoom(
    forTransferTo account: AccountID, at time: Date, on connection: any SQLConnection
  ) throws {
    let standing = try connection.row(
      """
      SELECT count(*) AS number FROM transfers
      WHERE to_account = \(account) AND ended_at IS NULL AND expires_at > \(time)
      """)
    guard try standing?.integer("number") ?? 0 <= maximumTransfers else { throw QuotaRefusal.transfers }
  }

  private static func transfers(
    of account: AccountID, at time: Date, on connection: any SQLConnection
  ) throws -> [Transfer] {
    let rows = try connection.rows(
      """
      SELECT transfers.id, expires_at, offered.name AS organisation, giver.name AS from_handle,
        taker.name AS to_handle
      FROM transfers
      JOIN authors AS offered ON offered.id = transfers.author_id
      JOIN accounts AS old_side ON old_side.id = from_account JOIN authors AS giver ON giver.id = old_side.author_id
      JOIN accounts AS new_side ON new_side.id = to_account JOIN authors AS taker ON taker.id = new_side.author_id
      WHERE (from_account = \(account) OR to_account = \(account)) AND ended_at IS NULL AND expires_at > \(time)
      ORDER BY transfers.id
      """)
    return try rows.map(Transfer.init)
  }

  private static func revokeTokens(
    ofMembersOf organisation: Int64, _ name: AuthorName, except recipient: AccountID, at time: Date,
    on connection: any SQLConnection
  ) throws {
    try connection.execute(
      "UPDATE tokens SET revoked_at = \(time) WHERE author_id = \(organisation) AND revoked_at IS NULL")
    let others = try connection.rows(
      """
      SELECT id, rights, skill_patterns, agent_patterns FROM tokens
      WHERE revoked_at IS NULL AND account_id <> \(recipient)
        AND account_id IN (SELECT account_id FROM members WHERE author_id = \(organisation))
      """)
    for row in others where try TokenScope(row).isConfined(to: name) {
      let id = try row.integer("id")
      try connection.execute("UPDATE tokens SET revoked_at = \(time) WHERE id = \(id)")
    }
  }
}
