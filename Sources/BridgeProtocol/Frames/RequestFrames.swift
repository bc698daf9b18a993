/// An attempt of a request whose start the agent has recorded.
package struct AttemptReference: Codable, Hashable, Sendable {
  package var requestId: String
  package var attempt: Int

  package init(requestId: String, attempt: Int) {
    self.requestId = requestId
    self.attempt = attempt
  }
}

/// Asks an agent to stop; it answers with the end of the request.
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
