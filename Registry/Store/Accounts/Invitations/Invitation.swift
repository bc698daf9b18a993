import Skills

/// What a one-time link is good for.
package enum Invitation: Sendable, Hashable {
  /// The account of the operator, while there is no account.
  case firstAccount
  /// An account; with a name, for that author and no other.
  case account(AuthorName?)
  /// A new password.
  case reset(AuthorName)
}

extension Invitation {
  /// The name of the account to be made, when it is decided.
  package var handle: AuthorName? {
    guard case .account(let name) = self else { return nil }
    return name
  }

  /// Reads `purpose`, `invited`, the name of the account to be made, and `handle`, that of the account to be reset.
  init(_ row: SQLRow) throws {
    switch try row.text("purpose") {
    case "first": self = .firstAccount
    case "account": self = .account(try row.optional("invited", row.text).map { try AuthorName(parsing: $0) })
    case "reset": self = .reset(try AuthorName(parsing: row.text("handle")))
    default: throw StoreFailure.corrupt("what an invitation is for")
    }
  }
}
