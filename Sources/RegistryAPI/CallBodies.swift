import FoundationSubset

/// Whether a caller waits for the answer as it comes.
package enum CallMode: String, Codable, Sendable {
  case stream
  case async
}

/// `POST /api/agents/:id/call`.
package struct CallRequest: Codable, Sendable {
  package var taskDescription: String
  package var withFiles: Bool?
  package var mode: CallMode?
  /// Where the end of an async call is reported: a confirmed address of the account.
  package var callbackUrl: String?

  package init(
    taskDescription: String, withFiles: Bool? = nil, mode: CallMode? = nil, callbackUrl: String? = nil
  ) {
    self.taskDescription = taskDescription
    self.withFiles = withFiles
    self.mode = mode
    self.callbackUrl = callbackUrl
  }
}

/// `POST /api/agents/:id/chat`.
package struct ChatRequest: Codable, Sendable {
  package var message: String
  package var mode: CallMode?
  package var sessionKey: String?
  /// As that of a call.
  package var callbackUrl: String?

  package init(message: String, mode: CallMode? = nil, sessionKey: String? = nil, callbackUrl: String? = nil) {
    self.message = message
    self.mode = mode
    self.sessionKey = sessionKey
    self.callbackUrl = callbackUrl
  }
}

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
  package var attachments: [AttachmentBody]?
  package var fileTransferOffer: FileTransferOfferBody?
  package var durationMs: Int?
  package var code: String?
  package var message: String?
  package var recovered: Bool?
  package var firstSeq: Int?

  package init(
    type: Kind, callId: String? = nil, requestId: String? = nil, sessionKey: String? = nil, delta: String? = nil,
    kind: String? = nil, toolName: String? = nil, toolCallId: String? = nil, attachments: [AttachmentBody]? = nil,
    fileTransferOffer: FileTransferOfferBody? = nil, durationMs: Int? = nil, code: String? = nil,
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

/// `POST /api/agents/:id/rate`.
package struct RatingRequest: Codable, Sendable {
  package var callId: String
  /// 1 to 5.
  package var rating: Int

  package init(callId: String, rating: Int) {
    self.callId = callId
    self.rating = rating
  }
}

/// `GET /api/agents/:id/stats`.
package struct AgentStatistics: Codable, Sendable {
  package struct Day: Codable, Sendable, Hashable {
    /// `YYYY-MM-DD`.
    package var date: String
    package var count: Int

    package init(date: String, count: Int) {
      self.date = date
      self.count = count
    }
  }

  package var totalCalls: Int
  package var completed: Int
  package var failed: Int
  package var avgDurationMs: Int
  package var callsByDay: [Day]

  package init(totalCalls: Int, completed: Int, failed: Int, avgDurationMs: Int, callsByDay: [Day]) {
    self.totalCalls = totalCalls
    self.completed = completed
    self.failed = failed
    self.avgDurationMs = avgDurationMs
    self.callsByDay = callsByDay
  }
}

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

/// `GET /api/agents/:id/status`.
package struct AgentPresence: Codable, Sendable {
  package var online: Bool
  package var agentType: String?
  package var capabilities: [String]
  package var connectedAt: Date?
  package var lastHeartbeat: Date?
  package var activeSessions: Int

  package init(
    online: Bool, agentType: String? = nil, capabilities: [String] = [], connectedAt: Date? = nil,
    lastHeartbeat: Date? = nil, activeSessions: Int = 0
  ) {
    self.online = online
    self.agentType = agentType
    self.capabilities = capabilities
    self.connectedAt = connectedAt
    self.lastHeartbeat = lastHeartbeat
    self.activeSessions = activeSessions
  }
}
