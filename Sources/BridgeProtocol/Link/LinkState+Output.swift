extension LinkState {
  mutating func output(_ event: RunEvent, of requestId: String, attempt: Int) {
    // What speaks has started.
    started(requestId, attempt: attempt)
    guard let run = runs[requestId], run.attempt == attempt, !run.hasEnded else { return }
    for frame in RunFrames(event, of: run, limit: Self.deltaLimit).frames {
      if frame.payloadBytes > Self.deltaLimit || frame.jsonBytes > Self.frameLimit {
        return fail(run, .payloadTooLarge, "An event of the runtime has more than \(Self.deltaLimit) bytes")
      }
      if isPlain { sendPlain(frame, of: requestId) } else { write(frame, of: requestId) }
    }
  }

  /// The bridge of this connection knows no numbers.
  private var isPlain: Bool { isOnline && !speaksV3 }

  private mutating func write(_ frame: JournaledFrame, of requestId: String) {
    guard var run = runs[requestId] else { return }
    let isNext = run.sent == run.last && run.reading == nil
    run.last += 1
    run.hasEnded = frame.isEnding
    runs[requestId] = run
    let entry = JournalEntry(
      requestId: requestId, attempt: run.attempt, seq: run.last, frame: frame.numbered(run.attempt, run.last))
    emit(.journal(entry))
    if isOnline, isNext { transmit(entry) }
  }

  private mutating func sendPlain(_ frame: JournaledFrame, of requestId: String) {
    guard var run = runs[requestId] else { return }
    switch frame {
    case .chunk(let chunk):
      if chunk.kind ?? .text == .text { run.text += chunk.delta }
      runs[requestId] = run
      guard run.text.utf8.count <= Self.plainTextLimit else {
        return fail(run, .payloadTooLarge, "The answer has more than \(Self.plainTextLimit) bytes")
      }
      send(.chunk(chunk))
    case .done(var done):
      done.result = run.text
      send(.done(done))
      remove(run)
    case .error(let error):
      send(.error(error))
      remove(run)
    case .event(let event):
      // Version 2 has no frame for the rest.
      guard event.kind == .message || event.kind == .inputRequired else { return }
      sendPlain(
        .chunk(Chunk(sessionId: run.sessionId, requestId: requestId, delta: event.content)), of: requestId)
    }
  }

  mutating func announce(_ skills: [CarriedSkill]) {
    guard skills != self.skills else { return }
    self.skills = skills
    if isOnline, speaksV3 { send(.skills(CarriedSkills(skills: skills))) }
  }

  /// Ends every run with an error, and waits for the acknowledgements while there is a connection.
  mutating func stop() {
    guard stopBy == nil else { return }
    stopBy = now + timings.stopGrace
    redialAt = nil
    for run in runsInOrder where !run.hasEnded { fail(run, .agentOffline, "The agent was stopped") }
  }

  mutating func finishStop() {
    guard let stopBy, phase != .ended else { return }
    let waits = isOnline && !runs.isEmpty && now < stopBy
    guard !waits else { return }
    switch phase {
    case .registering, .online: emit(.close(.normal))
    case .idle, .waiting, .dialing, .ended: break
    }
    end(.stopped)
  }
}
