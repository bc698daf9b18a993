import Foundation

/// A token to be made for an account.
package struct NewToken: Sendable {
  /// What its owner calls it.
  package var name: DisplayName
  package var scope: TokenScope
  /// Nil for never.
  package var expiresAt: Date?

  package init(name: DisplayName, scope: TokenScope, expiresAt: Date?) {
    self.name = name
    self.scope = scope
    self.expiresAt = expiresAt
  }
}
