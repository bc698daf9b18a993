import Foundation

/// An agent whose token was found good for it.
package struct ConnectingAgent: Sendable {
  /// Without its skills.
  package var agent: AgentRecord
  /// Whose the token is; nil for one of an author alone.
  package var account: AccountID?
  package var tokenID: Int64
  /// When the token ends; nil for never.
  package var expiresAt: Date?
}
