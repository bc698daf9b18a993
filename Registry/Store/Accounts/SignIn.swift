import Foundation
import Skills

/// Passwords.
extension Accounts {
  /// The account of a handle and a password; nil when either is wrong, after the same work.
  ///
  /// - Throws: `unavailable` when too many passwords wait.
  package func signIn(_ handle: AuthorName, _ password: Password) async throws -> Account? {
    fatalError("not written yet")
  }

  /// Ends every other session.
  ///
  /// - Parameter session: The one that stays.
  /// - Throws: `AccountRefusal.wrongPassword`; `unavailable` when too many passwords wait.
  package func changePassword(
    of account: Account, from old: Password, to new: Password, keeping session: Int64, at time: Date
  ) async throws {
    fatalError("not written yet")
  }
}
