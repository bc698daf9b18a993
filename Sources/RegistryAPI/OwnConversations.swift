import FoundationSubset

/// `GET /api/agents/:id/sessions`: the conversations of the caller with the agent, newest first.
package struct OwnConversations: Codable, Sendable {
  package struct Conversation: Codable, Sendable {
    package var sessionKey: String
    package var title: String?
    package var lastActiveAt: Date?
    package var isActive: Bool?

    package init(sessionKey: String, title: String?, lastActiveAt: Date?, isActive: Bool?) {
      self.sessionKey = sessionKey
      self.title = title
      self.lastActiveAt = lastActiveAt
      self.isActive = isActive
    }
  }

  package var sessions: [Conversation]

  package init(sessions: [Conversation]) {
    self.sessions = sessions
  }
}
