import Skills

/// A person who signs in.
package struct Account: Sendable, Hashable {
  package var id: AccountID
  /// The author that the account publishes as.
  package var authorID: Int64
  /// The current name of that author.
  package var handle: AuthorName
  package var displayName: DisplayName?
  package var email: EmailAddress?
  /// Whether it runs the registry: it came by the link of the first account.
  package var isOperator: Bool

  static let columns: StaticString = """
    accounts.id AS account_id, accounts.author_id, authors.name AS handle, authors.display_name, email, is_operator
    """

  /// Reads `columns`, of `accounts` joined with `authors`.
  init(_ row: SQLRow) throws {
    id = try row.accountID("account_id")
    authorID = try row.integer("author_id")
    handle = try AuthorName(parsing: row.text("handle"))
    displayName = try row.optional("display_name", row.text).map { try DisplayName(parsing: $0) }
    email = try row.optional("email", row.text).map { try EmailAddress(parsing: $0) }
    isOperator = try row.bool("is_operator")
  }
}
