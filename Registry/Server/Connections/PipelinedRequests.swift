/// The requests of a connection and their answers, which come in the same order (RFC 9112, section 9.3.2): more than
/// one is open when a client sends ahead.
struct PipelinedRequests {
  /// What follows an answer that is complete.
  enum Continuation {
    /// Another answer is due.
    case respond
    /// Nothing is due.
    case rest
    /// The refusal of what came after.
    case refuse
    case close
    /// The end of a connection on which the rest of a request still comes.
    case linger
  }

  /// Whether nothing has come yet.
  private(set) var isFirst = true
  /// Whether the latest request has come as a whole.
  private(set) var isComplete = true
  /// Requests of which the head has come and the answer has not gone.
  private var unanswered = 0
  private var responseHasBegun = false
  /// Asked for by the latest request: after its own answer.
  private var closesAfterLast = false
  /// Asked for by the answer that is being written.
  private var closesAfterResponse = false

  /// Whether nothing is due before what is refused now.
  var isRefusalDue: Bool { unanswered == (isComplete ? 0 : 1) && !responseHasBegun }

  mutating func beginRequest(asksToClose: Bool) {
    isFirst = false
    isComplete = false
    unanswered += 1
    closesAfterLast = asksToClose
  }

  mutating func endRequest() {
    isComplete = true
  }

  /// - Parameter asksToClose: Whether the head of the answer ends the connection already.
  /// - Returns: Whether it has to be made to.
  mutating func beginResponse(asksToClose: Bool) -> Bool {
    responseHasBegun = true
    closesAfterResponse = asksToClose
    // A request that is answered before all of it has come is the last one; others may follow one that has come.
    let isLast = unanswered == 1 && (closesAfterLast || !isComplete)
    guard !closesAfterResponse, isLast else { return false }
    closesAfterResponse = !isComplete
    return true
  }

  /// A request that is answered before it is complete ends the connection: its rest would be read without end.
  mutating func endResponse(isRefused: Bool) -> Continuation {
    unanswered -= 1
    responseHasBegun = false
    if unanswered == 0, isRefused, !closesAfterResponse { return .refuse }
    guard closesAfterResponse || unanswered == 0 && (closesAfterLast || !isComplete) else {
      return unanswered == 0 ? .rest : .respond
    }
    return isComplete ? .close : .linger
  }
}
