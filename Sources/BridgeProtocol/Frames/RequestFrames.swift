/// A request to an agent.
package struct RequestMessage: Codable, Hashable, Sendable {
  package var sessionId: String
  package var requestId: String
  package var content: String
  package var attachments: [Attachment]
  /// `^[A-Za-z0-9_-]{1,64}$`.
  package var clientId: String?
  package var withFiles: Bool?
  package var attempt: Int?
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

/// A file that a message or an answer names.
package struct Attachment: Codable, Hashable, Sendable {
  package var name: String
  package var url: String
  package var type: String?

  package init(name: String, url: String, type: String? = nil) {
    self.name = name
    self.url = url
    self.type = type
  }
}

/// Files that an agent gives away, for whoever fetches them by WebRTC.
package struct FileTransferOffer: Codable, Hashable, Sendable {
  package var transferId: String
  /// Bytes.
  package var zipSize: Int
  /// 64 hexadecimal digits.
  package var zipSha256: String
  package var fileCount: Int

  package init(transferId: String, zipSize: Int, zipSha256: String, fileCount: Int) {
    self.transferId = transferId
    self.zipSize = zipSize
    self.zipSha256 = zipSha256
    self.fileCount = fileCount
  }
}

/// What a part of an answer is; text when it is left out.
package enum ChunkKind: String, Codable, Sendable, CaseIterable {
  case text
  case toolStart = "tool_start"
  case toolInput = "tool_input"
  case toolResult = "tool_result"
  case thinking
  case status
}

package struct Chunk: Codable, Hashable, Sendable {
  package var sessionId: String
  package var requestId: String
  package var delta: String
  package var kind: ChunkKind?
  package var toolName: String?
  package var toolCallId: String?
  package var attempt: Int?
  /// From 1, without gaps, for each request and attempt.
  package var seq: Int?

  package init(
    sessionId: String, requestId: String, delta: String, kind: ChunkKind? = nil, toolName: String? = nil,
    toolCallId: String? = nil, attempt: Int? = nil, seq: Int? = nil
  ) {
    self.sessionId = sessionId
    self.requestId = requestId
    self.delta = delta
    self.kind = kind
    self.toolName = toolName
    self.toolCallId = toolCallId
    self.attempt = attempt
    self.seq = seq
  }
}

package struct Completion: Codable, Hashable, Sendable {
  package var sessionId: String
  package var requestId: String
  package var attachments: [Attachment]?
  package var fileTransferOffer: FileTransferOffer?
  /// The full text; may be left out by whoever numbers its frames.
  package var result: String?
  package var attempt: Int?
  package var seq: Int?

  package init(
    sessionId: String, requestId: String, attachments: [Attachment]? = nil,
    fileTransferOffer: FileTransferOffer? = nil, result: String? = nil, attempt: Int? = nil, seq: Int? = nil
  ) {
    self.sessionId = sessionId
    self.requestId = requestId
    self.attachments = attachments
    self.fileTransferOffer = fileTransferOffer
    self.result = result
    self.attempt = attempt
    self.seq = seq
  }
}

package struct RequestFailure: Codable, Hashable, Sendable {
  package var sessionId: String
  package var requestId: String
  /// See `BridgeErrorCode`; others are possible.
  package var code: String
  package var message: String
  package var attempt: Int?
  package var seq: Int?

  package init(
    sessionId: String, requestId: String, code: String, message: String, attempt: Int? = nil, seq: Int? = nil
  ) {
    self.sessionId = sessionId
    self.requestId = requestId
    self.code = code
    self.message = message
    self.attempt = attempt
    self.seq = seq
  }
}

/// Codes of a request that failed (protocol version 2, section 7).
package enum BridgeErrorCode: String, Sendable, CaseIterable {
  case timeout
  case adapterCrash = "adapter_crash"
  case agentBusy = "agent_busy"
  case authFailed = "auth_failed"
  case agentOffline = "agent_offline"
  case invalidMessage = "invalid_message"
  case sessionNotFound = "session_not_found"
  case rateLimited = "rate_limited"
  case internalError = "internal_error"
  case cancelled
  case payloadTooLarge = "payload_too_large"
  case sandboxUnavailable = "sandbox_unavailable"
}

/// An event for which version 2 has no frame.
package struct ExtraEvent: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case artifact
    case message
    case inputRequired = "input_required"
    case reject
    case usage
  }

  package var requestId: String
  package var attempt: Int
  package var seq: Int
  package var kind: Kind
  /// Text of the event, or its JSON as text.
  package var content: String

  package init(requestId: String, attempt: Int, seq: Int, kind: Kind, content: String) {
    self.requestId = requestId
    self.attempt = attempt
    self.seq = seq
    self.kind = kind
    self.content = content
  }
}

package struct AttemptReference: Codable, Hashable, Sendable {
  package var requestId: String
  package var attempt: Int

  package init(requestId: String, attempt: Int) {
    self.requestId = requestId
    self.attempt = attempt
  }
}

package struct Cancellation: Codable, Hashable, Sendable {
  package var sessionId: String
  package var requestId: String
  package var attempt: Int?

  package init(sessionId: String, requestId: String, attempt: Int? = nil) {
    self.sessionId = sessionId
    self.requestId = requestId
    self.attempt = attempt
  }
}
