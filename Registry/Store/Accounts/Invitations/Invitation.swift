import Foundation
import Skills

/// What a one-time link is good for.
package struct Invitation: Sendable, Hashable {
  package enum Purpose: Sendable, Hashable {
    /// The account of the operator, while there is no account.
    case firstAccount
    /// An account; with a name, for that author and no other.
    case account(AuthorName?)
    /// A new password.
    case reset(AuthorName)
  }

  package var purpose: Purpose
  package var expiresAt: Date
}
