import BridgeProtocol
import FoundationSubset

/// How far a task is.
package enum TaskState: String, Codable, Sendable {
  case pending
  case running
  case completed
  case failed
}

/// What a call or a message of a chat that nobody waits for became.
package struct TaskSubmission: Codable, Sendable {
  package var requestId: String
  package var callId: String
  package var sessionKey: String?
  package var status: TaskState
  package var pollUrl: String?
  package var errorCode: String?
  package var errorMessage: String?

  package init(
    requestId: String, callId: String, sessionKey: String?, status: TaskState, pollUrl: String? = nil,
    errorCode: String? = nil, errorMessage: String? = nil
  ) {
    self.requestId = requestId
    self.callId = callId
    self.sessionKey = sessionKey
    self.status = status
    self.pollUrl = pollUrl
    self.errorCode = errorCode
    self.errorMessage = errorMessage
  }
}

/// `GET /api/agents/:id/task-status/:request_id`.
package struct TaskStatus: Codable, Sendable {
  package var requestId: String
  package var callId: String?
  package var sessionKey: String?
  package var status: TaskState
  package var result: String?
  package var attachments: [Attachment]?
  package var fileTransferOffer: FileTransferOffer?
  package var errorCode: String?
  package var errorMessage: String?
  package var startedAt: Date?
  package var completedAt: Date?
  package var durationMs: Int?

  package init(
    requestId: String, callId: String?, sessionKey: String?, status: TaskState, result: String? = nil,
    attachments: [Attachment]? = nil, fileTransferOffer: FileTransferOffer? = nil, errorCode: String? = nil,
    errorMessage: String? = nil, startedAt: Date? = nil, completedAt: Date? = nil, durationMs: Int? = nil
  ) {
    self.requestId = requestId
    self.callId = callId
    self.sessionKey = sessionKey
    self.status = status
    self.result = result
    self.attachments = attachments
    self.fileTransferOffer = fileTransferOffer
    self.errorCode = errorCode
    self.errorMessage = errorMessage
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.durationMs = durationMs
  }
}
