/// A request to an agent.
package struct RequestMessage: Codable, Hashable, Sendable {
  /// The conversation.
  package var sessionId: String
  package var requestId: String
  package var content: String
  package var attachments: [Attachment]
  /// `^[A-Za-z0-9_-]{1,64}$`.
  package var clientId: String?
  package var withFiles: Bool?
  package var attempt: Int?
  /// From when it is sent.
  package var deadlineMs: Int?
  package var taskId: String?
  package var contextId: String?
  package var messageId: String?
  /// Absent means a stranger.
  package var caller: Caller?

  package init(
    sessionId: String, requestId: String, content: String, attachments: [Attachment] = [], clientId: String? = nil,
    withFiles: Bool? = nil, attempt: Int? = nil, deadlineMs: Int? = nil, taskId: String? = nil,
    contextId: String? = nil, messageId: String? = nil, caller: Caller? = nil
  ) {
    self.sessionId = sessionId
    self.requestId = requestId
    self.content = content
    self.attachments = attachments
    self.clientId = clientId
    self.withFiles = withFiles
    self.attempt = attempt
    self.deadlineMs = deadlineMs
    self.taskId = taskId
    self.contextId = contextId
    self.messageId = messageId
    self.caller = caller
  }

  /// Who asks.
  package struct Caller: Codable, Hashable, Sendable {
    /// The handle; nil for somebody who is not known.
    package var account: String?
    /// True only for the account whose token connected the agent.
    package var isOwner: Bool

    package init(account: String?, isOwner: Bool) {
      self.account = account
      self.isOwner = isOwner
    }
  }
}
