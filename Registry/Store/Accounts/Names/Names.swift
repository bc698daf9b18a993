import Foundation
import Skills

/// Whose a name is: an author's now, or one that a rename has left behind.
package enum NameOwner: Sendable, Hashable {
  case author(id: Int64, isOrganisation: Bool)
  /// The author has another name now.
  case moved(to: AuthorName)
  /// The account was deleted; what it published stays.
  case deleted(id: Int64)
}

/// Names of accounts and organisations: unique by skeleton, and never given to anybody else once they were taken.
extension Accounts {
  /// Names that an account may take before it has to wait, and how long for each one after that.
  package static let nameLimit = RateLimit(burst: 5, interval: 600)

  /// Nil for a name that nobody ever had.
  package func owner(of name: AuthorName) async throws -> NameOwner? {
    fatalError("not written yet")
  }

  /// Gives an account or an organisation another name; the old one leads to it from then on.
  ///
  /// One's own former name can be taken back.
  ///
  /// - Throws: `AuthorRefusal` for the new name; `AccountRefusal.notOwner`; `RateRefusal`.
  package func rename(
    _ name: AuthorName, to newName: AuthorName, by owner: AccountID, at time: Date
  ) async throws {
    fatalError("not written yet")
  }
}
