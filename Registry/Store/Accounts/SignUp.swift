import Foundation
import Skills

/// How accounts come and go.
extension Accounts {
  /// Makes an account, in one transaction with the end of its invitation.
  ///
  /// Whether somebody without an invitation may sign up is for the caller to decide.
  ///
  /// - Throws: `AuthorRefusal` for the handle; `AccountRefusal.invitationEnded`; `unavailable` when too many passwords
  ///   wait.
  package func signUp(_ new: NewAccount, with invitation: Secret?, at time: Date) async throws -> Account {
    fatalError("not written yet")
  }

  /// Nil when there is none of that handle, or it was deleted.
  package func account(_ handle: AuthorName) async throws -> Account? {
    fatalError("not written yet")
  }

  package func account(_ id: AccountID) async throws -> Account? {
    fatalError("not written yet")
  }

  package func hasAccounts() async throws -> Bool {
    fatalError("not written yet")
  }

  /// - Parameters:
  ///   - displayName: Nil for none.
  ///   - email: Nil for none.
  package func updateProfile(
    of account: AccountID, displayName: DisplayName?, email: EmailAddress?
  ) async throws {
    fatalError("not written yet")
  }

  /// Blanks everything personal and ends sessions, tokens, memberships and logins; the number and the name stay taken,
  /// and what was published stays.
  ///
  /// - Throws: `AccountRefusal.lastOwner` of an organisation.
  package func delete(_ account: AccountID, at time: Date) async throws {
    fatalError("not written yet")
  }
}
