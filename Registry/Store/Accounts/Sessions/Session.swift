import Foundation

/// Somebody signed in with a browser.
package struct Session: Sendable, Hashable {
  package var id: Int64
  package var account: Account
  package var client: ClientDescription
  package var createdAt: Date
  /// To the hour.
  package var lastUsedAt: Date
  package var expiresAt: Date
}
