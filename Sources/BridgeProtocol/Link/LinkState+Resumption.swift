extension LinkState {
  /// Goes on where the bridge stands, and gives up what it does not have.
  mutating func resume(_ response: RegistrationResponse) {
    guard speaksV3 else { return forgetPlainRuns() }
    let recovered = response.recovered ?? []
    for run in runsInOrder {
      runs[run.requestId]?.credit = window.requestBytes
      if let found = recovered.first(where: { $0.requestId == run.requestId && $0.attempt == run.attempt }) {
        resume(run, from: found.committed)
      } else {
        forget(run.requestId)
      }
    }
  }

  private mutating func resume(_ run: LinkRun, from committed: Int) {
    let acked = min(max(run.acked, committed), run.last)
    runs[run.requestId]?.acked = acked
    runs[run.requestId]?.sent = acked
    if run.hasEnded, acked == run.last {
      remove(run)
    } else if acked > run.acked {
      emit(.discard(requestId: run.requestId, attempt: run.attempt, through: acked))
    }
  }

  /// A bridge of plain version 2 fails them with the connection.
  mutating func forgetPlainRuns() {
    for run in runsInOrder { forget(run.requestId) }
  }

  mutating func resend(_ request: ResendRequest) {
    guard let run = runs[request.requestId], run.attempt == request.attempt, request.from <= run.sent else { return }
    runs[run.requestId]?.sent = max(run.acked, max(request.from, 1) - 1)
    pump(run.requestId)
  }

  mutating func take(_ credit: Credit) {
    guard credit.bytes > 0 else { return }
    if let id = credit.requestId {
      guard let run = runs[id] else { return }
      runs[id]?.credit = min(window.requestBytes, run.credit + min(credit.bytes, window.requestBytes * 2))
      pump(id)
    } else {
      self.credit = min(window.connectionBytes, self.credit + min(credit.bytes, window.connectionBytes * 2))
      for run in runsInOrder { pump(run.requestId) }
    }
  }

  /// Asks the journal for what is not sent yet, when there is credit for it.
  mutating func pump(_ requestId: String) {
    guard isOnline, speaksV3, let run = runs[requestId], run.sent < run.last, run.reading == nil else { return }
    guard credit > 0, run.credit > 0 else { return }
    runs[requestId]?.reading = run.sent + 1
    emit(.readJournal(requestId: requestId, attempt: run.attempt, from: run.sent + 1))
  }

  mutating func read(_ entries: [JournalEntry], of requestId: String, attempt: Int) {
    guard let run = runs[requestId], run.attempt == attempt, let from = run.reading else { return }
    runs[requestId]?.reading = nil
    guard isOnline, speaksV3 else { return }
    for entry in entries where entry.seq == (runs[requestId]?.sent ?? 0) + 1 { transmit(entry) }
    // What the journal does not have will not be there the next time either.
    let isLost = from == run.sent + 1 && !entries.contains { $0.seq == from }
    if isLost { abandon(run) } else { pump(requestId) }
  }

  /// Ends a run whose next frame is lost with an error in the place of that frame; the rest is of no use to anybody.
  private mutating func abandon(_ run: LinkRun) {
    if !run.hasEnded { emit(.cancelRun(requestId: run.requestId)) }
    emit(.discard(requestId: run.requestId, attempt: run.attempt, through: .max))
    let number = run.sent + 1
    runs[run.requestId]?.sent = number
    runs[run.requestId]?.last = number
    runs[run.requestId]?.hasEnded = true
    send(
      .error(
        RequestFailure(
          sessionId: run.sessionId, requestId: run.requestId, code: BridgeErrorCode.internalError.rawValue,
          message: "The agent cannot read its answer back", attempt: run.attempt, seq: number)))
  }

  /// Sends the next frame of a run, if there is credit; a window may be overdrawn by one frame.
  mutating func transmit(_ entry: JournalEntry) {
    guard let run = runs[entry.requestId], credit > 0, run.credit > 0 else { return }
    let bytes = entry.frame.payloadBytes
    credit -= bytes
    runs[entry.requestId]?.credit -= bytes
    runs[entry.requestId]?.sent = entry.seq
    send(entry.frame.agentFrame)
  }
}
