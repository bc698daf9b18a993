extension RelayState {
  mutating func submit(_ message: RequestMessage, isAsync: Bool) {
    guard requests[message.requestId] == nil, ended[message.requestId] == nil else { return }
    var request = RelayRequest(
      message: message, isAsync: isAsync, attempt: message.attempt ?? 1, number: nextNumber, isSent: false,
      isAccepted: false, isCancelled: false, received: 0, committed: 0, creditFrom: 1, lastActivity: now)
    nextNumber += 1
    request.due = message.deadlineMs.map { now + .milliseconds($0) }
    request.detachedAt = primary == nil ? now : nil
    requests[request.id] = request
    guard requests.count <= Self.openLimit else {
      return end(request, .agentBusy, "The agent has \(Self.openLimit) open requests. Try again later")
    }
    guard requests.values.reduce(0, { $0 + $1.message.content.utf8.count }) <= Self.openBytes else {
      return end(request, .agentBusy, "The open requests of the agent are too large together. Try again later")
    }
    if primary != nil { deliver(request) }
  }

  mutating func deliver(_ request: RelayRequest) {
    guard let primary else { return }
    var message = request.message
    message.attempt = primary.speaksV3 ? request.attempt : nil
    requests[request.id]?.isSent = true
    send(.message(message))
    // Version 2 has no frame for it: what was sent counts as begun.
    if !primary.speaksV3 { accept(request.id) }
  }

  mutating func accept(_ id: String) {
    guard var request = requests[id] else { return }
    request.isSent = true
    if !request.isAccepted {
      request.isAccepted = true
      request.lastActivity = now
      append(.accepted, to: request)
    }
    requests[id] = request
  }

  mutating func cancel(_ id: String) {
    guard let request = requests[id], !request.isEnding, !request.isCancelled else { return }
    guard request.isSent else { return end(request, .cancelled, "The request was cancelled") }
    requests[id]?.isCancelled = true
    requests[id]?.cancelDue = now + timings.cancelGrace
    sendCancel(of: request)
  }

  mutating func sendCancel(of request: RelayRequest) {
    guard let primary else { return }
    send(
      .cancel(
        Cancellation(
          sessionId: request.message.sessionId, requestId: request.id,
          attempt: primary.speaksV3 ? request.attempt : nil)))
  }

  /// The relay's own ending of a request.
  mutating func end(_ request: RelayRequest, _ code: BridgeErrorCode, _ message: String) {
    guard let request = requests.removeValue(forKey: request.id) else { return }
    append(.failed(code: code.rawValue, message: message), to: request)
    remember(request, last: nil)
  }

  /// Gives back what the request has cost that no commit will.
  mutating func remember(_ request: RelayRequest, last: Int?) {
    let known = EndedRequest(attempt: request.attempt, last: last, owed: request.owed)
    if ended.updateValue(known, forKey: request.id) == nil { endedOrder.append(request.id) }
    owe(request.outstanding)
    owe(request.outstanding, for: request.id)
    guard endedOrder.count >= 2 * Self.endedLimit else { return }
    for id in endedOrder.prefix(Self.endedLimit) { ended[id] = nil }
    endedOrder.removeFirst(Self.endedLimit)
  }

  mutating func expire() {
    if let primary, now >= primary.lastReceived + silenceLimit(of: primary) {
      closePrimary(primary.speaksV3 ? .heartbeat : .normal, "Heartbeat timeout")
    }
    for request in requestsInOrder where !request.isEnding {
      let expiry = request.expiry(timings, speaksV3: speaksV3)
      if now >= expiry.at { end(request, because: expiry.reason) }
    }
  }

  private mutating func end(_ request: RelayRequest, because reason: RelayExpiry) {
    switch reason {
    case .offline: end(request, .agentOffline, "The agent did not come back in time")
    case .cancellation: end(request, .cancelled, "The request was cancelled, and the agent did not answer in time")
    case .activity: stop(request, "The agent sent nothing for too long")
    case .deadline: stop(request, "The deadline of the request has passed")
    }
  }

  private mutating func stop(_ request: RelayRequest, _ message: String) {
    end(request, .timeout, message)
    if request.isSent, !request.isCancelled { sendCancel(of: request) }
  }
}
