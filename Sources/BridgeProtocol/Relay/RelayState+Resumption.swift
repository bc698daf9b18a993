/// What is still true of the list of an agent that connects anew.
struct ResumeMatches {
  var recovered: [RegistrationResponse.Recovered] = []
  var lost: [RegistrationResponse.Lost] = []
}

extension RelayState {
  static let streamLimit = 50

  /// Sorts what the agent still has into what goes on and what does not.
  mutating func match(_ resume: Registration.Resume?) -> ResumeMatches {
    var matches = ResumeMatches()
    for stream in (resume?.streams ?? []).prefix(Self.streamLimit) {
      if let reason = lossReason(of: stream) {
        matches.lost.append(.init(requestId: stream.requestId, attempt: stream.attempt, reason: reason))
      } else if let request = requests[stream.requestId] {
        accept(request.id)
        matches.recovered.append(
          .init(requestId: request.id, attempt: request.attempt, committed: request.committed))
      }
    }
    return matches
  }

  private mutating func lossReason(of stream: Registration.Stream) -> String? {
    guard let request = requests[stream.requestId], request.attempt == stream.attempt else {
      return ended[stream.requestId] == nil ? "unknown" : "ended"
    }
    if request.isEnding || request.received <= stream.lastOut && stream.ackedOut <= request.received { return nil }
    // One of the two journals has lost its end, so what follows could not be joined without a gap.
    end(request, .agentOffline, "The agent and the bridge remember different parts of the answer")
    return "gap"
  }

  /// Cancellations first, then new work.
  mutating func resume(named: Set<String>) {
    var cancelled: [RelayRequest] = []
    var unsent: [RelayRequest] = []
    for request in requestsInOrder {
      if request.isEnding { continue }
      if named.contains(request.id) {
        if request.isCancelled { cancelled.append(request) }
      } else if speaksV3 ? request.isAccepted : request.isSent {
        end(request, .agentOffline, "The agent lost its connection and does not know the request any more")
      } else if request.isCancelled {
        end(request, .cancelled, "The request was cancelled")
      } else {
        unsent.append(request)
      }
    }
    for request in cancelled { sendCancel(of: request) }
    for request in unsent { deliver(request) }
  }
}
