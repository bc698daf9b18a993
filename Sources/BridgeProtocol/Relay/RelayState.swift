/// The server's side of one agent: all of its requests, and its sockets.
///
/// It knows nothing of accounts, disks and clocks: events go in, actions come out, and the server does them in order.
/// Each request ends exactly once in the log (`TaskEventBody.isEnding`); what comes after is dropped. Times count from
/// an arbitrary start.
package struct RelayState: Sendable {
  static let violationLimit = 20
  static let openLimit = 1_000
  /// Bytes of what the open requests ask, all of which are in memory.
  static let openBytes = 32 << 20
  static let endedLimit = 1_000
  /// Frames of a request between two acknowledgements, while more of them are on their way into the log.
  static let acknowledgementPause = 32
  /// What a frame may be over the window.
  static let windowSlack = 262_144
  /// Of the text of one event in the log, from agents that send any amount at once.
  static let partBytes = 65_536

  let timings: BridgeTimings
  let window: RegistrationResponse.Window
  /// Grows with each registration; the log refuses entries of an older one.
  package internal(set) var generation: Int
  var primary: RelayConnection?
  /// The last registration.
  var newest: (instanceId: String, connEpoch: Int)?
  var requests: [String: RelayRequest] = [:]
  var nextNumber = 0
  var ended: [String: EndedRequest] = [:]
  var endedOrder: [String] = []
  /// What the agent speaks, or spoke when it was last online.
  var speaksV3 = true
  var now = Duration.zero
  private var actions: [Action] = []
  private var restored: [OpenRequest]
  /// No request and no connection expires before; most of the time one later.
  private var earliest: Duration?

  package init(
    timings: BridgeTimings = .init(), window: RegistrationResponse.Window = .init(), generation: Int = 0,
    restoring open: [OpenRequest] = []
  ) {
    self.timings = timings
    self.window = window
    self.generation = generation
    restored = open
  }

  package var isOnline: Bool { primary != nil }

  /// When `timer` is due next, which may be before anything is; nil while nothing is waited for.
  package var deadline: Duration? {
    guard restored.isEmpty else { return .zero }
    return primary == nil && requests.isEmpty ? nil : earliest
  }

  /// - Parameter now: Never before that of the event before.
  /// - Returns: What is to be done, in this order, before the next event.
  package mutating func handle(_ event: Event, at now: Duration) -> [Action] {
    self.now = now
    let connection = primary?.id
    let hadRestored = !restored.isEmpty
    restore()
    react(to: event)
    updateDeadline(after: event, isNewSituation: hadRestored || primary?.id != connection)
    defer { actions = [] }
    return actions
  }

  /// Most events put off what is due, or concern one request: the others are not looked at.
  private mutating func updateDeadline(after event: Event, isNewSituation: Bool) {
    switch event {
    case _ where isNewSituation: recomputeDeadline()
    case .timer, .registered: recomputeDeadline()
    case .submit(let message, _): advanceDeadline(for: message.requestId)
    case .cancel(let requestId): advanceDeadline(for: requestId)
    case .frame, .heard, .refused, .disconnected, .committed, .lost, .revoked, .disconnect, .drain: break
    }
  }

  private mutating func advanceDeadline(for id: String) {
    guard let request = requests[id], !request.isEnding else { return }
    let expiry = request.expiry(timings, speaksV3: speaksV3).at
    earliest = earliest.map { min($0, expiry) } ?? expiry
  }

  private mutating func recomputeDeadline() {
    var times = requests.values.filter { !$0.isEnding }.map { $0.expiry(timings, speaksV3: speaksV3).at }
    if let primary { times.append(primary.lastReceived + silenceLimit(of: primary)) }
    earliest = times.min()
  }

  private mutating func react(to event: Event) {
    switch event {
    case .registered(let id, let registration, let generation):
      register(id, registration, generation: generation ?? self.generation + 1)
    case .frame(let id, let frame): if id == primary?.id { receive(frame) }
    case .heard(let id): if id == primary?.id { primary?.lastReceived = now }
    case .refused(let id, let refusal): if id == primary?.id { refuse(refusal) }
    case .disconnected(let id): if id == primary?.id { detach() }
    case .submit(let message, let isAsync): submit(message, isAsync: isAsync)
    case .cancel(let requestId): cancel(requestId)
    case .committed(let requestId, let attempt, let seq, let bytes):
      commit(requestId, attempt: attempt, seq: seq, bytes: bytes)
    case .lost(let requestId): lose(requestId)
    case .timer: expire()
    case .revoked: disconnect("Token revoked")
    case .disconnect: disconnect("Disconnected by the owner")
    case .drain(let pause, let deadline): drain(reconnectAfterMs: pause, deadlineMs: deadline)
    }
  }

  mutating func emit(_ action: Action) {
    actions.append(action)
  }

  mutating func send(_ frame: BridgeFrame) {
    if let primary { emit(.send(primary.id, frame)) }
  }

  mutating func append(_ event: TaskEventBody, to request: RelayRequest, seq: Int? = nil) {
    emit(.append(LogEntry(requestId: request.id, attempt: request.attempt, seq: seq, event: event)))
  }

  var requestsInOrder: [RelayRequest] { requests.values.sorted { $0.number < $1.number } }

  func silenceLimit(of connection: RelayConnection) -> Duration {
    connection.speaksV3 ? timings.dead : timings.plainDead
  }

  /// Times of what a restart gave back count from the first event.
  private mutating func restore() {
    for open in restored {
      var request = RelayRequest(
        message: open.message, isAsync: open.isAsync, attempt: open.attempt, number: nextNumber, isSent: true,
        isAccepted: open.isAccepted, isCancelled: open.isCancelled, received: open.committed,
        committed: open.committed, creditFrom: open.committed + 1, lastActivity: now)
      request.detachedAt = now
      request.hasText = open.committed > 0
      request.due = open.message.deadlineMs.map { now + .milliseconds($0) }
      request.cancelDue = open.isCancelled ? now + timings.cancelGrace : nil
      requests[request.id] = request
      nextNumber += 1
    }
    restored = []
  }
}
