import Foundation

/// What an account has said to an agent under one key, and what the agent answered.
package struct TaskConversation: Sendable {
  package var sessionKey: String
  /// That of its first message that is still known.
  package var title: String?
  package var lastActiveAt: Date
  /// Whether an answer is still to come.
  package var isActive: Bool

  init(_ row: SQLRow) throws {
    sessionKey = try row.text("session_key")
    title = try row.optional("title", row.text)
    lastActiveAt = try row.date("last_active_at")
    isActive = try row.integer("open_count") > 0
  }
}
