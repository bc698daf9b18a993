/// A request whose ending is not in the log.
struct RelayRequest: Sendable {
  let message: RequestMessage
  let isAsync: Bool
  let attempt: Int
  /// The order in which requests came.
  let number: Int
  /// The agent has it, or may have it.
  var isSent: Bool
  /// The agent has recorded the start.
  var isAccepted: Bool
  var isCancelled: Bool
  /// The agent's ending is on its way into the log.
  var isEnding = false
  /// There is text in the log, or on its way.
  var hasText = false
  /// The last number that was taken from the agent, and the last of them in the log.
  var received: Int
  var committed: Int
  /// The first number that the connection of now can have brought.
  var creditFrom: Int
  var outstanding = 0
  var owed = 0
  /// The missing frame that was asked for, and when.
  var asked: (from: Int, at: Duration)?
  var lastActivity: Duration
  /// Since when its agent is away.
  var detachedAt: Duration?
  var cancelDue: Duration?
  /// The caller's deadline.
  var due: Duration?

  var id: String { message.requestId }

  /// Takes the request to the connection of now; the clock of its activity goes on where it stood.
  mutating func attach(at now: Duration) {
    if let detachedAt { lastActivity += now - detachedAt }
    detachedAt = nil
    asked = nil
    (outstanding, owed, creditFrom) = (0, 0, received + 1)
  }

  /// When time ends it, and how.
  func expiry(_ timings: BridgeTimings, speaksV3: Bool) -> (at: Duration, reason: RelayExpiry) {
    var expiry: (at: Duration, reason: RelayExpiry)
    if let detachedAt {
      let window = isAsync ? timings.asyncResumeWindow : timings.resumeWindow
      expiry = (detachedAt + (speaksV3 ? window : timings.plainResumeWindow), .offline)
    } else {
      expiry = (lastActivity + (isAsync ? timings.asyncActivity : timings.activity), .activity)
    }
    if let due, due < expiry.at { expiry = (due, .deadline) }
    if let cancelDue, cancelDue < expiry.at { expiry = (cancelDue, .cancellation) }
    return expiry
  }
}

enum RelayExpiry: Sendable { case offline, activity, deadline, cancellation }

/// What is remembered of a request that has ended, for frames that come after.
struct EndedRequest: Sendable {
  let attempt: Int
  /// The number of the agent's own ending; nil while the agent may not know that the request has ended.
  var last: Int?
  /// Bytes of credit to be given back: without it the agent could not send what its journal still has.
  var owed: Int
}
