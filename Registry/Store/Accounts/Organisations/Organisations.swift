import Foundation
import Skills

/// Organisations and their members.
///
/// Each change demands in its own transaction that `owner` owns the organisation; it throws `AccountRefusal`.
extension Accounts {
  /// Takes a name for a new organisation whose only owner is `owner`.
  ///
  /// - Throws: `AuthorRefusal` for the name; `RateRefusal` when the account made too many names lately.
  package func createOrganisation(
    _ name: AuthorName, displayName: DisplayName?, by owner: AccountID, at time: Date
  ) async throws -> Organisation {
    fatalError("not written yet")
  }

  /// Where an account is a member, and as what, by name.
  package func organisations(of account: AccountID) async throws -> [(organisation: Organisation, role: Role)] {
    fatalError("not written yet")
  }

  /// Nil when there is no such organisation.
  package func organisation(_ name: AuthorName) async throws -> Organisation? {
    fatalError("not written yet")
  }

  /// By handle.
  package func members(of organisation: Organisation) async throws -> [Membership] {
    fatalError("not written yet")
  }

  /// Adds a member or changes its role.
  ///
  /// - Throws: `.unknownAccount`, `.notOwner`, `.lastOwner`.
  package func setRole(
    _ role: Role, of handle: AuthorName, in organisation: Organisation, by owner: AccountID, at time: Date
  ) async throws {
    fatalError("not written yet")
  }

  /// Removes a member, who may remove itself.
  ///
  /// - Throws: `.unknownAccount`, `.notOwner`, `.lastOwner`.
  package func removeMember(
    _ handle: AuthorName, from organisation: Organisation, by owner: AccountID, at time: Date
  ) async throws {
    fatalError("not written yet")
  }
}
