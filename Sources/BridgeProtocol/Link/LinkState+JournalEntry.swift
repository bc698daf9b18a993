extension LinkState {
  /// A numbered frame that stays in the journal until it is acknowledged.
  package struct JournalEntry: Codable, Hashable, Sendable {
    package var requestId: String
    package var attempt: Int
    package var seq: Int
    package var frame: JournaledFrame

    package init(requestId: String, attempt: Int, seq: Int, frame: JournaledFrame) {
      self.requestId = requestId
      self.attempt = attempt
      self.seq = seq
      self.frame = frame
    }
  }

  /// A request of which the journal still has something.
  package struct JournaledRequest: Hashable, Sendable {
    package var requestId: String
    package var sessionId: String
    package var attempt: Int
    /// The last number that is acknowledged, and the last in the journal.
    package var acked: Int
    package var last: Int
    /// The journal has no ending of it.
    package var isRunning: Bool

    package init(
      requestId: String, sessionId: String, attempt: Int, acked: Int, last: Int, isRunning: Bool
    ) {
      self.requestId = requestId
      self.sessionId = sessionId
      self.attempt = attempt
      self.acked = acked
      self.last = last
      self.isRunning = isRunning
    }
  }
}
