import Foundation

/// The addresses of an author: that of its account, which is for its owner, and the one that everybody sees.
extension Accounts {
  /// - Returns: That of the account, nil for a token without the right to the profile, and the one that everybody sees.
  package func addresses(of holder: Identity) async throws -> (email: EmailAddress?, publicEmail: EmailAddress?) {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT email, public_email FROM authors LEFT JOIN accounts ON accounts.id = \(holder.accountID)
        WHERE authors.id = \(holder.authorID)
        """)
      guard let row else { throw TokenRefusal() }
      func address(_ column: String) throws -> EmailAddress? {
        try row.optional(column, row.text).map { try EmailAddress(parsing: $0) }
      }
      return (try holder.scope.allows(.manage) ? address("email") : nil, try address("public_email"))
    }
  }

  /// Changes the address that everybody sees.
  ///
  /// - Parameter email: Nil for none.
  /// - Throws: `TokenRefusal`.
  package func showEmail(_ email: EmailAddress?, of holder: Identity, at time: Date) async throws {
    try await database.write { connection in
      try holder.demandGood(at: time, on: connection)
      try connection.execute("UPDATE authors SET public_email = \(email) WHERE id = \(holder.authorID)")
    }
  }
}
