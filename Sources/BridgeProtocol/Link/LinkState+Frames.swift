extension LinkState {
  mutating func receive(_ frame: BridgeFrame) {
    if case .registered(let response) = frame { return registered(response) }
    guard isOnline else { return }
    aliveUntil = now + timings.dead
    switch frame {
    case .message(let message): receive(message)
    case .cancel(let cancellation): cancel(cancellation)
    case .ack(let ack): acknowledge(ack)
    case .resend(let request): resend(request)
    case .credit(let credit): take(credit)
    case .ping(let ping): send(.pong(ping))
    case .goaway(let notice): goAway(notice)
    case .registered, .pong, .discoverAgentsResult, .callAgentChunk, .callAgentDone, .callAgentError,
      .rtcSignalRelay, .unknown:
      break
    }
  }

  /// A repeat is accepted again and starts nothing.
  private mutating func receive(_ message: RequestMessage) {
    let attempt = message.attempt ?? 1
    if let run = runs[message.requestId], run.attempt >= attempt {
      if run.attempt == attempt, !run.isStarting { accept(run.requestId, attempt: attempt) }
    } else if let last = finished[message.requestId], last >= attempt {
      accept(message.requestId, attempt: attempt)
    } else if stopBy != nil {
      refuse(message, "The agent stops")
    } else if runs.count >= Self.runLimit {
      refuse(message, "The agent has \(Self.runLimit) requests at work")
    } else {
      if runs[message.requestId] != nil { forget(message.requestId) }
      var run = LinkRun(requestId: message.requestId, sessionId: message.sessionId, attempt: attempt)
      run.isStarting = true
      run.credit = window.requestBytes
      runs[run.requestId] = run
      emit(.recordStart(message))
    }
  }

  private mutating func accept(_ requestId: String, attempt: Int) {
    if speaksV3 { send(.accept(AttemptReference(requestId: requestId, attempt: attempt))) }
  }

  private mutating func refuse(_ message: RequestMessage, _ reason: String) {
    send(
      .error(
        RequestFailure(
          sessionId: message.sessionId, requestId: message.requestId, code: BridgeErrorCode.agentBusy.rawValue,
          message: reason, attempt: speaksV3 ? message.attempt ?? 1 : nil, seq: speaksV3 ? 1 : nil)))
  }

  mutating func started(_ requestId: String, attempt: Int) {
    guard let run = runs[requestId], run.attempt == attempt, run.isStarting else { return }
    runs[requestId]?.isStarting = false
    if isOnline, !run.hasEnded { accept(requestId, attempt: attempt) }
  }

  private mutating func cancel(_ cancellation: Cancellation) {
    guard let run = runs[cancellation.requestId] else {
      guard finished[cancellation.requestId] == nil else { return }
      return send(
        .error(
          RequestFailure(
            sessionId: cancellation.sessionId, requestId: cancellation.requestId,
            code: BridgeErrorCode.sessionNotFound.rawValue, message: "The agent does not know the request",
            attempt: speaksV3 ? cancellation.attempt ?? 1 : nil, seq: speaksV3 ? 1 : nil)))
    }
    guard !run.hasEnded, run.attempt == cancellation.attempt ?? run.attempt else { return }
    fail(run, .cancelled, "The request was cancelled")
  }

  /// Ends a run that has not ended by itself.
  mutating func fail(_ run: LinkRun, _ code: BridgeErrorCode, _ message: String) {
    emit(.cancelRun(requestId: run.requestId))
    output(.failed(code: code.rawValue, message: message), of: run.requestId, attempt: run.attempt)
  }

  private mutating func acknowledge(_ ack: Acknowledgement) {
    guard let run = runs[ack.requestId], run.attempt == ack.attempt, ack.seq > run.acked else { return }
    let acked = min(ack.seq, run.last)
    runs[ack.requestId]?.acked = acked
    runs[ack.requestId]?.sent = max(run.sent, acked)
    if run.hasEnded, acked == run.last {
      remove(run)
    } else {
      emit(.discard(requestId: run.requestId, attempt: run.attempt, through: acked))
    }
  }

  mutating func remove(_ run: LinkRun) {
    runs[run.requestId] = nil
    emit(.discard(requestId: run.requestId, attempt: run.attempt, through: .max))
    if finished.updateValue(run.attempt, forKey: run.requestId) == nil { finishedOrder.append(run.requestId) }
    guard finishedOrder.count >= 2 * Self.finishedLimit else { return }
    for id in finishedOrder.prefix(Self.finishedLimit) { finished[id] = nil }
    finishedOrder.removeFirst(Self.finishedLimit)
  }

  /// Stops the run, and forgets all of it.
  mutating func forget(_ requestId: String) {
    guard let run = runs[requestId] else { return }
    if !run.hasEnded { emit(.cancelRun(requestId: requestId)) }
    remove(run)
  }
}
