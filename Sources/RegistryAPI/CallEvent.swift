import BridgeProtocol

/// An event of `/call` and `/tasks/:request_id/events`, as the data of a server-sent event whose `id` is its position.
package struct CallEvent: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable {
    case start, chunk, done, error, keepalive
    /// The positions before `firstSeq` are gone.
    case reset
  }

  package var type: Kind
  package var callId: String?
  package var requestId: String?
  package var sessionKey: String?
  package var delta: String?
  /// `text` when it is left out; `thinking`, `tool_start`, `tool_input`, `tool_result`, `status` and others.
  package var kind: String?
  package var toolName: String?
  package var toolCallId: String?
  package var attachments: [Attachment]?
  package var fileTransferOffer: FileTransferOffer?
  package var durationMs: Int?
  package var code: String?
  package var message: String?
  package var recovered: Bool?
  package var firstSeq: Int?

  package init(
    type: Kind, callId: String? = nil, requestId: String? = nil, sessionKey: String? = nil, delta: String? = nil,
    kind: String? = nil, toolName: String? = nil, toolCallId: String? = nil, attachments: [Attachment]? = nil,
    fileTransferOffer: FileTransferOffer? = nil, durationMs: Int? = nil, code: String? = nil,
    message: String? = nil, recovered: Bool? = nil, firstSeq: Int? = nil
  ) {
    self.type = type
    self.callId = callId
    self.requestId = requestId
    self.sessionKey = sessionKey
    self.delta = delta
    self.kind = kind
    self.toolName = toolName
    self.toolCallId = toolCallId
    self.attachments = attachments
    self.fileTransferOffer = fileTransferOffer
    self.durationMs = durationMs
    self.code = code
    self.message = message
    self.recovered = recovered
    self.firstSeq = firstSeq
  }
}
