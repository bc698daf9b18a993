import Foundation
import Skills

/// One-time links. There is no mail: whoever makes one passes it on.
extension Accounts {
  /// How long a link can be used.
  package static let invitationLifetime: TimeInterval = 3 * 86_400

  /// A link for the operator's account, which ends every earlier one; nil once there is an account.
  package func inviteFirstAccount(at time: Date) async throws -> Secret? {
    fatalError("not written yet")
  }

  /// A link for an account.
  ///
  /// - Parameter author: Whose name the account gets, an author without an account or a free name; nil leaves the choice
  ///   to whoever signs up.
  /// - Throws: `AuthorRefusal` when the name cannot be had.
  package func invite(_ author: AuthorName?, at time: Date) async throws -> Secret {
    fatalError("not written yet")
  }

  /// A link for a new password; nil when there is no such account.
  package func inviteReset(of handle: AuthorName, at time: Date) async throws -> Secret? {
    fatalError("not written yet")
  }

  /// What a link is good for; nil when it is unknown, used or expired.
  package func invitation(_ secret: Secret, at time: Date) async throws -> Invitation? {
    fatalError("not written yet")
  }

  /// Sets a new password by a link for it, and ends every session of the account.
  ///
  /// - Throws: `AccountRefusal.invitationEnded`; `unavailable` when too many passwords wait.
  package func resetPassword(_ invitation: Secret, to password: Password, at time: Date) async throws -> Account {
    fatalError("not written yet")
  }
}
