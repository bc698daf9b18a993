/// A message for a runtime; as JSON its keys are in snake case.
package struct RuntimePrompt: Encodable, Hashable, Sendable {
  /// That of the request, where the bridge names none.
  package var messageId: String
  /// That of the conversation, where the bridge names none.
  package var contextId: String
  /// As that of the message.
  package var taskId: String
  /// The conversation: the same for each of its messages.
  package var sessionId: String
  package var content: String
  /// Files that came with it.
  package var attachments: [RuntimeAttachment]
  package var caller: Caller

  package init(
    messageId: String, contextId: String, taskId: String, sessionId: String, content: String,
    attachments: [RuntimeAttachment] = [], caller: Caller
  ) {
    self.messageId = messageId
    self.contextId = contextId
    self.taskId = taskId
    self.sessionId = sessionId
    self.content = content
    self.attachments = attachments
    self.caller = caller
  }

  package struct Caller: Encodable, Hashable, Sendable {
    /// Nil for somebody who is not known.
    package var account: String?
    /// Whether the agent belongs to whoever asks.
    package var isOwner: Bool

    package init(account: String?, isOwner: Bool) {
      self.account = account
      self.isOwner = isOwner
    }
  }
}
