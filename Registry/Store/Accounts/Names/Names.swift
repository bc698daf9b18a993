import Foundation
import Skills

/// Names of accounts and organisations: unique by skeleton, and never given to anybody else once they were taken.
extension Accounts {
  /// Names that an account may take before it has to wait, and how long for each one after that.
  package static let nameLimit = RateLimit(burst: 5, interval: 600)

  /// Gives an account or an organisation another name; the old one leads to it from then on.
  ///
  /// One's own former name can be taken back. Patterns of tokens follow.
  ///
  /// - Throws: `AuthorRefusal` for the new name; `AccountRefusal.notOwner`.
  package func rename(
    _ name: AuthorName, to newName: AuthorName, by owner: AccountID, at time: Date
  ) async throws {
    try await renames.report {
      try await database.write { connection in
        let id = try Self.demandOwner(of: name, by: owner, on: connection)
        if name == newName { return }
        try Self.takeNameQuota(of: owner, at: time, on: connection)
        try Self.enterName(newName, of: id, at: time, on: connection)
        try connection.execute(
          "UPDATE authors SET name = \(newName.rawValue), skeleton = \(newName.skeleton) WHERE id = \(id)")
        try Self.renamePatterns(name, to: newName, on: connection)
        try Catalog.renameInSearch(author: id, to: newName, on: connection)
      }
    }
  }

  /// Makes an author of a name that nobody ever had.
  ///
  /// - Returns: The author's number.
  /// - Throws: `AuthorRefusal`.
  static func takeName(
    _ name: AuthorName, isOrganisation: Bool = false, at time: Date, on connection: any SQLConnection
  ) throws -> Int64 {
    try demandFree(name, for: nil, on: connection)
    let row = try connection.row(
      """
      INSERT INTO authors (name, skeleton, is_organisation, created_at)
      VALUES (\(name.rawValue), \(name.skeleton), \(isOrganisation), \(time))
      ON CONFLICT DO NOTHING RETURNING id
      """)
    guard let id = try row?.integer("id") else { throw AuthorRefusal.exists }
    try enterName(name, of: id, at: time, on: connection)
    return id
  }

  /// - Parameter author: Whose former names count as free.
  /// - Throws: `AuthorRefusal`.
  static func demandFree(_ name: AuthorName, for author: Int64?, on connection: any SQLConnection) throws {
    if name.isReserved { throw AuthorRefusal.reserved }
    let taken = try connection.row("SELECT name, author_id FROM names WHERE skeleton = \(name.skeleton)")
    guard let taken else { return }
    let other = try taken.text("name")
    if other != name.rawValue { throw AuthorRefusal.confusable(other: other) }
    if try taken.integer("author_id") != author { throw AuthorRefusal.exists }
  }

  /// Whose the name is, is looked at after it was entered: unique indexes decide races.
  private static func enterName(
    _ name: AuthorName, of author: Int64, at time: Date, on connection: any SQLConnection
  ) throws {
    try connection.execute(
      """
      INSERT INTO names (name, skeleton, author_id, taken_at)
      VALUES (\(name.rawValue), \(name.skeleton), \(author), \(time))
      ON CONFLICT DO NOTHING
      """)
    try demandFree(name, for: author, on: connection)
  }

  /// - Throws: `AuthorRefusal.tooMany`.
  static func takeNameQuota(of account: AccountID, at time: Date, on connection: any SQLConnection) throws {
    do {
      try take(RateBucket.Key("names", of: "\(account.rawValue)"), of: nameLimit, at: time, on: connection)
    } catch let refusal as RateRefusal {
      throw AuthorRefusal.tooMany(retryAfter: refusal.retryAfter)
    }
  }

  private static func renamePatterns(
    _ name: AuthorName, to newName: AuthorName, on connection: any SQLConnection
  ) throws {
    let (old, new) = (" \(name)/", " \(newName)/")
    try connection.execute(
      """
      UPDATE tokens SET skill_patterns = trim(replace(' ' || skill_patterns, \(old), \(new))),
        agent_patterns = trim(replace(' ' || agent_patterns, \(old), \(new)))
      WHERE ' ' || skill_patterns || ' ' || agent_patterns LIKE \("%\(old)%")
      """)
  }
}
