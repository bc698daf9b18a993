extension RelayState {
  /// An event that belongs into the log of a task.
  package struct LogEntry: Hashable, Sendable {
    package var requestId: String
    package var attempt: Int
    /// The agent's number; nil for what the relay says itself.
    package var seq: Int?
    package var event: TaskEventBody

    package init(requestId: String, attempt: Int, seq: Int?, event: TaskEventBody) {
      self.requestId = requestId
      self.attempt = attempt
      self.seq = seq
      self.event = event
    }
  }
}
