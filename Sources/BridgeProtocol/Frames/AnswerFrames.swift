/// What a part of an answer is; text when it is left out.
package enum ChunkKind: String, Codable, Sendable, CaseIterable {
  case text
  case toolStart = "tool_start"
  case toolInput = "tool_input"
  case toolResult = "tool_result"
  case thinking
  case status
}

/// A part of an answer.
package struct Chunk: Codable, Hashable, Sendable {
  package var sessionId: String
  package var requestId: String
  package var delta: String
  package var kind: ChunkKind?
  /// Of a `toolStart`.
  package var toolName: String?
  /// The same for all parts of one use of a tool.
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

/// The end of an answer that went well.
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

/// The end of an answer that did not go well.
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

/// An event for which version 2 has no frame.
package struct ExtraEvent: Codable, Hashable, Sendable {
  /// What it is; the content is text for `inputRequired` and `reject`, else JSON.
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
  package var content: String

  package init(requestId: String, attempt: Int, seq: Int, kind: Kind, content: String) {
    self.requestId = requestId
    self.attempt = attempt
    self.seq = seq
    self.kind = kind
    self.content = content
  }
}
