/// The agent's side of one link.
///
/// It knows nothing of sockets, disks and clocks: events go in, actions come out, and the program does them in order.
/// Frames are journaled before they are sent, so that nothing is lost with a connection. A bridge that does not answer
/// with `mesh.v3` gets plain version 2: no numbers, and nothing to resume. Times count from an arbitrary start.
package struct LinkState: Sendable {
  /// As many as a registration can name.
  static let runLimit = 50
  static let finishedLimit = 1_000
  /// Bytes of text in one frame.
  static let deltaLimit = 131_072
  /// Bytes of JSON in one frame, which is at most 256 KiB with its ids and keys.
  static let frameLimit = 240_000
  /// Bytes of text that plain version 2 takes whole at the end.
  static let plainTextLimit = 7 << 20

  enum Phase: Hashable, Sendable {
    case idle
    case waiting(until: Duration)
    case dialing
    case registering(since: Duration)
    case online(since: Duration)
    case ended
  }

  let identity: Identity
  let timings: BridgeTimings
  var connEpoch: Int
  var phase = Phase.idle
  /// When the next connection is opened while this one stays, and whether it is being opened.
  var redialAt: Duration?
  var isRedialing = false
  /// The program was told that the agent is online.
  var saysOnline = false
  var stopBy: Duration?
  /// The bridge answered with it.
  var speaksV3 = false
  var session = ""
  var window = RegistrationResponse.Window()
  var credit = 0
  var runs: [String: LinkRun] = [:]
  /// Attempts that are over and forgotten by the journal: a late repeat of their message starts nothing.
  var finished: [String: Int] = [:]
  var finishedOrder: [String] = []
  var skills: [CarriedSkill]?
  var pingAt = Duration.zero
  var aliveUntil = Duration.zero
  var startedAt = Duration.zero
  var now = Duration.zero
  var backoff: Backoff
  private var actions: [Action] = []

  /// - Parameters:
  ///   - connEpoch: Number of the instance's last connection.
  ///   - jitter: A random number of seconds from a range.
  package init(
    identity: Identity, timings: BridgeTimings = .init(), connEpoch: Int, journal: [JournaledRequest] = [],
    jitter: @escaping @Sendable (ClosedRange<Double>) -> Double
  ) {
    self.identity = identity
    self.timings = timings
    self.connEpoch = connEpoch
    backoff = Backoff(timings: timings, jitter: jitter)
    for request in journal { runs[request.requestId] = LinkRun(request) }
  }

  package var isOnline: Bool {
    if case .online = phase { true } else { false }
  }

  /// When `timer` is due next.
  package var deadline: Duration? {
    var times: [Duration?] = [stopBy]
    switch phase {
    case .waiting(let until): times.append(until)
    case .registering(let since): times.append(since + timings.clientRegistration)
    case .online:
      times += [pingAt, redialAt]
      if speaksV3 { times.append(aliveUntil) }
    case .idle, .dialing: break
    case .ended: return nil
    }
    return times.compactMap(\.self).min()
  }

  /// - Parameter now: Never before that of the event before.
  /// - Returns: What is to be done, in this order, before the next event.
  package mutating func handle(_ event: Event, at now: Duration) -> [Action] {
    self.now = now
    if phase != .ended { react(to: event) }
    defer { actions = [] }
    return actions
  }

  private mutating func react(to event: Event) {
    switch event {
    case .start: start()
    case .opened: opened()
    case .received(let frame): receive(frame)
    case .closed(let code): closed(code)
    case .failedToOpen(let isFinal, let reason): failedToOpen(isFinal: isFinal, reason)
    case .started(let requestId, let attempt): started(requestId, attempt: attempt)
    case .output(let requestId, let attempt, let event): output(event, of: requestId, attempt: attempt)
    case .journaled(let requestId, let attempt, let entries): read(entries, of: requestId, attempt: attempt)
    case .skills(let skills): announce(skills)
    case .timer: expire()
    case .woke: woke()
    case .stop: stop()
    }
    finishStop()
  }

  mutating func emit(_ action: Action) {
    actions.append(action)
  }

  mutating func send(_ frame: AgentFrame) {
    emit(.send(frame))
  }

  var runsInOrder: [LinkRun] { runs.values.sorted { $0.requestId < $1.requestId } }
}
