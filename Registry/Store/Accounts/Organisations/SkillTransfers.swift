import Foundation
import Skills

/// Handing one skill to another author: offered by an owner of the one, accepted by an owner of the other.
extension Accounts {
  /// Offers a skill; an earlier offer of it ends.
  ///
  /// - Throws: `.notOwner`, `.unknownSkill`, `.unknownRecipient` for one that is no account and no organisation,
  ///   `.skillNameTaken`; `QuotaRefusal`.
  package func offer(
    _ skill: SkillName, to recipient: AuthorName, by owner: AccountID, at time: Date
  ) async throws -> SkillTransfer {
    try await database.write { connection in
      let author = try Self.demandOwner(of: skill.author, by: owner, on: connection)
      guard let id = try Self.skill(skill.slug, of: author, on: connection) else {
        throw AccountRefusal.unknownSkill(skill)
      }
      guard let taker = try Self.livingAuthor(recipient, on: connection) else {
        throw AccountRefusal.unknownRecipient(recipient)
      }
      try Self.demandFreeSlug(SkillName(author: recipient, slug: skill.slug), of: taker, for: id, on: connection)
      try connection.execute(
        "UPDATE skill_transfers SET ended_at = \(time) WHERE skill_id = \(id) AND ended_at IS NULL")
      try connection.execute(
        """
        INSERT INTO skill_transfers (skill_id, from_account, to_author, expires_at)
        VALUES (\(id), \(owner), \(taker), \(time.addingTimeInterval(Self.transferLifetime)))
        """)
      try Self.demandRoom(forSkillsOfferedTo: taker, at: time, on: connection)
      let standing = try Self.skillTransfers(of: owner, at: time, on: connection)
      guard let transfer = standing.first(where: { $0.skill == skill }) else {
        throw StoreFailure.corrupt("an offer that was just written cannot be read")
      }
      return transfer
    }
  }

  /// The offers that stand, made by an account, to it, or to an organisation that it owns.
  package func skillTransfers(of account: AccountID, at time: Date) async throws -> [SkillTransfer] {
    try await database.read { try Self.skillTransfers(of: account, at: time, on: $0) }
  }

  /// Gives the skill with all its versions to the author that it was offered to, in one transaction: the old side has
  /// no right on it from then on, tokens no longer name it, and its old name leads to the new one.
  ///
  /// - Returns: What it is called now.
  /// - Throws: `.transferEnded` when the offer no longer stands, was made to somebody else, or by one that no longer
  ///   owns the skill; `.skillNameTaken`.
  package func accept(skillTransfer id: Int64, by recipient: AccountID, at time: Date) async throws -> SkillName {
    try await renames.report {
      try await database.write { connection in
        let offer = try Self.endedOffer(id, by: recipient, at: time, on: connection)
        try Self.demandFreeSlug(offer.newName, of: offer.taker, for: offer.skill, on: connection)
        try Self.move(offer, at: time, on: connection)
        try Self.dropPatterns(of: offer.oldName, at: time, on: connection)
        return offer.newName
      }
    }
  }

  /// Ends an offer, from either side.
  ///
  /// - Throws: `.transferEnded`.
  package func decline(skillTransfer id: Int64, by account: AccountID, at time: Date) async throws {
    try await database.write { connection in
      let standing = try Self.skillTransfers(of: account, at: time, on: connection)
      guard standing.contains(where: { $0.id == id }) else { throw AccountRefusal.transferEnded }
      let ended = try connection.execute(
        "UPDATE skill_transfers SET ended_at = \(time) WHERE id = \(id) AND ended_at IS NULL")
      if ended == 0 { throw AccountRefusal.transferEnded }
    }
  }

  // MARK: - Steps

  private struct AcceptedOffer {
    var skill: Int64
    var giver: Int64
    var taker: Int64
    var oldName: SkillName
    var newName: SkillName
  }

  /// Ends an offer that both sides can still make true.
  private static func endedOffer(
    _ id: Int64, by recipient: AccountID, at time: Date, on connection: any SQLConnection
  ) throws -> AcceptedOffer {
    let ended = try connection.row(
      """
      UPDATE skill_transfers SET ended_at = \(time) WHERE id = \(id) AND ended_at IS NULL AND expires_at > \(time)
      RETURNING skill_id, from_account, to_author
      """)
    guard let ended else { throw AccountRefusal.transferEnded }
    let (skill, taker) = (try ended.integer("skill_id"), try ended.integer("to_author"))
    let names = try connection.row(
      """
      SELECT author_id, slug, giver.name AS author, taker.name AS to_name FROM skills
      JOIN authors AS giver ON giver.id = skills.author_id JOIN authors AS taker ON taker.id = \(taker)
      WHERE skills.id = \(skill)
      """)
    guard let names else { throw StoreFailure.corrupt("an offer of no skill") }
    let slug = try SkillSlug(parsing: names.text("slug"))
    let oldName = SkillName(author: try AuthorName(parsing: names.text("author")), slug: slug)
    let newName = SkillName(author: try AuthorName(parsing: names.text("to_name")), slug: slug)
    // Always in the same order, so that no two transfers wait for each other.
    for author in [oldName.author, newName.author].sorted() { _ = try lock(author, on: connection) }
    do {
      _ = try demandOwner(of: oldName.author, by: ended.accountID("from_account"), on: connection)
      _ = try demandOwner(of: newName.author, by: recipient, on: connection)
    } catch is AccountRefusal {
      throw AccountRefusal.transferEnded
    }
    return AcceptedOffer(
      skill: skill, giver: try names.integer("author_id"), taker: taker, oldName: oldName, newName: newName)
  }

  private static func move(_ offer: AcceptedOffer, at time: Date, on connection: any SQLConnection) throws {
    let slug = offer.newName.slug.rawValue
    // One that it had before is its name again.
    try connection.execute("DELETE FROM former_skills WHERE author_id = \(offer.taker) AND slug = \(slug)")
    try connection.execute(
      """
      INSERT INTO former_skills (author_id, slug, skill_id, left_at)
      VALUES (\(offer.giver), \(slug), \(offer.skill), \(time))
      """)
    try connection.execute("UPDATE skills SET author_id = \(offer.taker) WHERE id = \(offer.skill)")
    guard let history = try Catalog.history(of: offer.newName, on: connection) else {
      throw StoreFailure.corrupt("a skill that was just transferred cannot be read")
    }
    try Catalog.refreshSearch(history, on: connection)
  }

  /// Tokens that are for this skill and nothing else end.
  private static func dropPatterns(of name: SkillName, at time: Date, on connection: any SQLConnection) throws {
    let rows = try connection.rows(
      """
      SELECT id, rights, skill_patterns, agent_patterns FROM tokens
      WHERE revoked_at IS NULL AND ' ' || skill_patterns || ' ' LIKE \("% \(name) %")
      """)
    for row in rows {
      let id = try row.integer("id")
      var scope = try TokenScope(row)
      scope.skills.removeAll { $0.description == name.description }
      if scope.skills.isEmpty, scope.agents.isEmpty {
        try connection.execute("UPDATE tokens SET revoked_at = \(time) WHERE id = \(id)")
      } else {
        try connection.execute("UPDATE tokens SET skill_patterns = \(scope.columns.skills) WHERE id = \(id)")
      }
    }
  }

  // MARK: - Questions

  private static func skillTransfers(
    of account: AccountID, at time: Date, on connection: any SQLConnection
  ) throws -> [SkillTransfer] {
    let rows = try connection.rows(
      """
      SELECT skill_transfers.id, expires_at, owning.name AS author, slug, giver.name AS from_handle,
        taker.name AS to_name
      FROM skill_transfers
      JOIN skills ON skills.id = skill_id JOIN authors AS owning ON owning.id = skills.author_id
      JOIN accounts AS old_side ON old_side.id = from_account JOIN authors AS giver ON giver.id = old_side.author_id
      JOIN authors AS taker ON taker.id = to_author
      WHERE ended_at IS NULL AND expires_at > \(time) AND (from_account = \(account) OR to_author IN (
        SELECT author_id FROM accounts WHERE id = \(account) AND deleted_at IS NULL
        UNION ALL
        SELECT author_id FROM members WHERE account_id = \(account) AND role = 'owner'))
      ORDER BY skill_transfers.id
      """)
    return try rows.map(SkillTransfer.init)
  }

  private static func demandRoom(
    forSkillsOfferedTo author: Int64, at time: Date, on connection: any SQLConnection
  ) throws {
    let standing = try connection.row(
      """
      SELECT count(*) AS number FROM skill_transfers
      WHERE to_author = \(author) AND ended_at IS NULL AND expires_at > \(time)
      """)
    guard try standing?.integer("number") ?? 0 <= maximumTransfers else { throw QuotaRefusal.transfers }
  }

  private static func skill(
    _ slug: SkillSlug, of author: Int64, on connection: any SQLConnection
  ) throws -> Int64? {
    try connection.row("SELECT id FROM skills WHERE author_id = \(author) AND slug = \(slug.rawValue)")?.integer("id")
  }

  /// The number of an account's author, or of an organisation's, that was not deleted.
  static func livingAuthor(_ name: AuthorName, on connection: any SQLConnection) throws -> Int64? {
    try connection.row(
      """
      SELECT id FROM authors WHERE name = \(name.rawValue)
        AND (EXISTS (SELECT id FROM accounts WHERE accounts.author_id = authors.id AND deleted_at IS NULL)
          OR EXISTS (SELECT account_id FROM members WHERE members.author_id = authors.id))
      """)?.integer("id")
  }

  /// - Parameter skill: Whose own former name counts as free.
  /// - Throws: `.skillNameTaken`.
  private static func demandFreeSlug(
    _ name: SkillName, of author: Int64, for skill: Int64, on connection: any SQLConnection
  ) throws {
    let other = try connection.row(
      """
      SELECT id FROM skills WHERE author_id = \(author) AND slug = \(name.slug.rawValue)
      UNION ALL
      SELECT skill_id FROM former_skills
      WHERE author_id = \(author) AND slug = \(name.slug.rawValue) AND skill_id <> \(skill)
      """)
    if other != nil { throw AccountRefusal.skillNameTaken(name) }
  }
}
