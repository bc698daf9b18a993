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
