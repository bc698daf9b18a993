import Skills

extension Accounts {
  /// The present handles of accounts, by their numbers; an account that was deleted keeps its name.
  package func handles(of accounts: Set<Int64>) async throws -> [Int64: AuthorName] {
    if accounts.isEmpty { return [:] }
    return try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT accounts.id AS account_id, authors.name AS handle FROM accounts
        JOIN authors ON authors.id = accounts.author_id WHERE accounts.id IN (\(list: accounts))
        """)
      let handles = try rows.map { (try $0.integer("account_id"), try AuthorName(parsing: $0.text("handle"))) }
      return Dictionary(uniqueKeysWithValues: handles)
    }
  }
}
