/// A request at the agent's side, from its message to the acknowledgement of its ending.
struct LinkRun: Sendable {
  let requestId: String
  let sessionId: String
  let attempt: Int
  /// The start is not on disk yet.
  var isStarting = false
  /// The ending is in the journal.
  var hasEnded = false
  /// The last number that is acknowledged, sent on this connection, and in the journal.
  var acked = 0
  var sent = 0
  var last = 0
  /// The number from which the journal is being read.
  var reading: Int?
  var credit = 0
  /// The text for bridges of plain version 2, which want it whole at the end.
  var text = ""

  init(requestId: String, sessionId: String, attempt: Int) {
    self.requestId = requestId
    self.sessionId = sessionId
    self.attempt = attempt
  }

  init(_ journaled: LinkState.JournaledRequest) {
    self.init(requestId: journaled.requestId, sessionId: journaled.sessionId, attempt: journaled.attempt)
    (acked, sent, last) = (journaled.acked, journaled.acked, journaled.last)
    hasEnded = !journaled.isRunning
  }
}
