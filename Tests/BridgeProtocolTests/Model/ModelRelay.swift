import BridgeProtocol

/// The server's machine with a log that commits later, and loses at a crash what is not committed.
struct ModelRelay {
  var relay: RelayState
  private let timings: BridgeTimings
  private let window: RegistrationResponse.Window
  /// Survives a crash.
  var log: [String: [RelayState.LogEntry]] = [:]
  var submitted: [String: RequestMessage] = [:]
  var cancelled: Set<String> = []
  private var generation = 0
  /// What a crash loses.
  private var pending: ArraySlice<RelayState.LogEntry> = []
  var frames: [(RelayState.ConnectionID, BridgeFrame)] = []
  var closed: [(RelayState.ConnectionID, CloseCode)] = []
  var failures: [String] = []

  init(timings: BridgeTimings, window: RegistrationResponse.Window) {
    self.timings = timings
    self.window = window
    relay = RelayState(timings: timings, window: window)
  }

  func isEnded(_ id: String) -> Bool { log[id]?.last?.event.isEnding ?? false }

  var open: [String] { submitted.keys.sorted().filter { !isEnded($0) } }

  mutating func submit(_ message: RequestMessage, at now: Duration) {
    submitted[message.requestId] = message
    log[message.requestId] = []
    handle(.submit(message, isAsync: false), at: now)
  }

  mutating func cancel(_ id: String, at now: Duration) {
    cancelled.insert(id)
    handle(.cancel(requestId: id), at: now)
  }

  mutating func receive(_ frame: AgentFrame, from id: RelayState.ConnectionID, at now: Duration) {
    guard case .register(let registration) = frame else { return handle(.frame(id, frame), at: now) }
    generation += 1
    handle(.registered(id, registration, generation: generation), at: now)
  }

  /// Commits the oldest entries.
  mutating func commit(_ count: Int, at now: Duration) {
    let entries = pending.prefix(count)
    pending = pending.dropFirst(count)
    for entry in entries {
      check(entry)
      log[entry.requestId, default: []].append(entry)
    }
    for entry in entries {
      guard let seq = entry.seq else { continue }
      handle(
        .committed(
          requestId: entry.requestId, attempt: entry.attempt, seq: seq, bytes: entry.event.payloadBytes), at: now)
    }
  }

  private mutating func check(_ entry: RelayState.LogEntry) {
    if isEnded(entry.requestId) { failures.append("\(entry.requestId) has an entry after its ending") }
    if let seq = entry.seq, seq != committed(entry.requestId) + 1 {
      failures.append("\(entry.requestId) has number \(seq) after \(committed(entry.requestId))")
    }
  }

  private func committed(_ id: String) -> Int { log[id]?.last { $0.seq != nil }?.seq ?? 0 }

  mutating func crash() {
    (pending, frames, closed) = ([], [], [])
    let requests = open.compactMap { id in
      submitted[id].map {
        RelayState.OpenRequest(
          message: $0, isAsync: false, attempt: 1,
          isAccepted: log[id]?.contains { $0.event == .accepted } ?? false, committed: committed(id),
          isCancelled: cancelled.contains(id))
      }
    }
    relay = RelayState(timings: timings, window: window, generation: generation, restoring: requests)
  }

  mutating func handle(_ event: RelayState.Event, at now: Duration) {
    for action in relay.handle(event, at: now) {
      switch action {
      case .send(let id, let frame): frames.append((id, frame))
      case .close(let id, let code, _): closed.append((id, code))
      case .append(let entry): pending.append(entry)
      case .violation(_, let what): failures.append("violation: \(what)")
      case .presence, .skills, .discover, .call, .signal: break
      }
    }
  }

  func text(of id: String) -> String {
    (log[id] ?? []).map { if case .chunk(let delta, _, _, _) = $0.event { delta } else { "" } }.joined()
  }
}
