import FoundationSubset

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
  package var attachments: [AttachmentBody]?
  package var fileTransferOffer: FileTransferOfferBody?
  package var errorCode: String?
  package var errorMessage: String?
  package var startedAt: Date?
  package var completedAt: Date?
  package var durationMs: Int?

  package init(
    requestId: String, callId: String?, sessionKey: String?, status: TaskState, result: String? = nil,
    attachments: [AttachmentBody]? = nil, fileTransferOffer: FileTransferOfferBody? = nil, errorCode: String? = nil,
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

package struct AttachmentBody: Codable, Sendable, Hashable {
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
package struct FileTransferOfferBody: Codable, Sendable, Hashable {
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
