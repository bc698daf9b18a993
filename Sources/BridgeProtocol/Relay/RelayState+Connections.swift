extension RelayState {
  mutating func register(_ id: ConnectionID, _ registration: Registration, generation: Int) {
    // Of two that come at one moment the log takes what the later one says.
    if generation < self.generation || isOlder(registration) {
      emit(.close(id, .replaced, reason: "Older than the connection that there is"))
      return
    }
    let previous = primary
    newest = registration.instanceId.map { ($0, registration.connEpoch ?? 0) }
    speaksV3 = registration.ext?.contains(BridgeExtension.meshV3) ?? false
    self.generation = generation
    primary = RelayConnection(id: id, speaksV3: speaksV3, lastReceived: now)
    for id in requests.keys { requests[id]?.attach(at: now) }
    let matches = speaksV3 ? match(registration.resume) : ResumeMatches()
    send(.registered(response(to: matches)))
    if let previous { emit(.close(previous.id, .replaced, reason: "Replaced by a newer connection")) }
    if previous == nil { emit(.presence(true)) }
    resume(named: Set(matches.recovered.map(\.requestId)))
  }

  /// The connections of one instance replace each other in the order in which it opened them: one that was overtaken
  /// on its way would say what is no longer true.
  private func isOlder(_ registration: Registration) -> Bool {
    guard let newest, let instance = registration.instanceId, instance == newest.instanceId else { return false }
    return (registration.connEpoch ?? 0) < newest.connEpoch
  }

  private func response(to matches: ResumeMatches) -> RegistrationResponse {
    guard speaksV3 else { return RegistrationResponse(status: .ok) }
    return RegistrationResponse(
      status: .ok, ext: [BridgeExtension.meshV3], session: "\(generation)", generation: generation,
      heartbeatMs: timings.heartbeat.inMilliseconds, resumeWindowMs: timings.resumeWindow.inMilliseconds,
      window: window, recovered: matches.recovered, lost: matches.lost)
  }

  /// The socket is gone: requests wait for the next one.
  mutating func detach() {
    guard primary != nil else { return }
    primary = nil
    emit(.presence(false))
    for request in requestsInOrder where !request.isEnding {
      requests[request.id]?.detachedAt = now
      if request.isAccepted { append(.note("agent reconnecting"), to: request) }
    }
  }

  mutating func closePrimary(_ code: CloseCode, _ reason: String) {
    guard let primary else { return }
    emit(.close(primary.id, code, reason: reason))
    detach()
  }

  /// For good: nothing waits for the agent.
  mutating func disconnect(_ reason: String) {
    if let primary {
      emit(.close(primary.id, .revoked, reason: reason))
      emit(.presence(false))
      self.primary = nil
    }
    for request in requestsInOrder where !request.isEnding {
      end(request, .agentOffline, "The agent was disconnected")
    }
  }

  mutating func drain(reconnectAfterMs: Int, deadlineMs: Int) {
    guard primary?.speaksV3 == true else { return }
    send(.goaway(GoAway(reason: "restart", reconnectAfterMs: reconnectAfterMs, deadlineMs: deadlineMs)))
  }

  mutating func refuse(_ refusal: FrameRefusal) {
    switch refusal {
    case .notJSON: closePrimary(.policy, "Invalid JSON")
    case .invalid(let type, let reason): violate("A frame of type \(type) is invalid: \(reason)")
    }
  }

  mutating func violate(_ what: String) {
    guard let id = primary?.id else { return }
    emit(.violation(id, what))
    primary?.violations += 1
    if let primary, primary.violations > Self.violationLimit {
      closePrimary(.policy, "Too many protocol violations")
    }
  }
}

extension Duration {
  /// Rounded down.
  var inMilliseconds: Int { Int(self / .milliseconds(1)) }
}
