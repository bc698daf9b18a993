import BridgeProtocol

/// A link with a clock that a test moves, and no jitter but the upper end of it.
struct LinkHarness {
  var link: LinkState
  var now = Duration.zero

  init(journal: [LinkState.JournaledRequest] = []) {
    link = LinkState(
      identity: .init(agentId: "a", token: "t", agentType: "exec", instanceId: "i"), connEpoch: 0, journal: journal,
      jitter: { $0.upperBound })
  }

  @discardableResult
  mutating func feed(_ event: LinkState.Event) -> [LinkState.Action] { link.handle(event, at: now) }

  @discardableResult
  mutating func wait(_ time: Duration) -> [LinkState.Action] {
    now += time
    return feed(.timer)
  }

  /// Moves the clock to what is due next.
  @discardableResult
  mutating func waitForTimer() -> [LinkState.Action] {
    now = max(now, link.deadline ?? now)
    return feed(.timer)
  }

  @discardableResult
  mutating func connect(
    v3: Bool = true, window: RegistrationResponse.Window? = nil,
    recovered: [RegistrationResponse.Recovered] = [], lost: [RegistrationResponse.Lost] = []
  ) -> [LinkState.Action] {
    feed(.start)
    feed(.opened)
    return register(v3: v3, window: window, recovered: recovered, lost: lost)
  }

  @discardableResult
  mutating func register(
    v3: Bool = true, window: RegistrationResponse.Window? = nil,
    recovered: [RegistrationResponse.Recovered] = [], lost: [RegistrationResponse.Lost] = []
  ) -> [LinkState.Action] {
    feed(
      .received(
        .registered(
          RegistrationResponse(
            status: .ok, ext: v3 ? [BridgeExtension.meshV3] : nil, generation: v3 ? 1 : nil, window: window,
            recovered: recovered, lost: lost))))
  }

  /// A request that runs.
  @discardableResult
  mutating func run(_ id: String = "r") -> [LinkState.Action] {
    feed(.received(.message(Self.message(id))))
    return feed(.started(requestId: id, attempt: 1))
  }

  @discardableResult
  mutating func say(_ event: RunEvent, of id: String = "r") -> [LinkState.Action] {
    feed(.output(requestId: id, attempt: 1, event))
  }

  static func message(_ id: String) -> RequestMessage {
    RequestMessage(sessionId: "s", requestId: id, content: "hello", attempt: 1)
  }

  static func entry(_ seq: Int, _ text: String) -> LinkState.JournalEntry {
    .init(
      requestId: "r", attempt: 1, seq: seq,
      frame: .chunk(Chunk(sessionId: "s", requestId: "r", delta: text, attempt: 1, seq: seq)))
  }
}

extension [LinkState.Action] {
  /// What happens, in short: `journal 1`, `send 1`, `accept r`.
  var steps: [String] {
    map {
      switch $0 {
      case .dial: "dial"
      case .close(let code): "close \(code.rawValue)"
      case .send(let frame): frame.step
      case .recordStart(let message): "start \(message.requestId)"
      case .journal(let entry): "journal \(entry.seq)"
      case .readJournal(_, _, let from): "read \(from)"
      case .discard(_, _, let through): through == .max ? "forget" : "discard \(through)"
      case .cancelRun(let id): "stop \(id)"
      case .online: "online"
      case .offline: "offline"
      case .ended(let ending): "ended \(ending)"
      }
    }
  }
}

extension AgentFrame {
  fileprivate var step: String {
    switch self {
    case .register: "register"
    case .accept(let reference): "accept \(reference.requestId)"
    case .chunk(let chunk): "send \(chunk.seq.map { "\($0)" } ?? "chunk \(chunk.delta)")"
    case .done(let done): "send \(done.seq.map { "\($0)" } ?? "done \(done.result ?? "")")"
    case .error(let error): "send \(error.seq.map { "\($0) " } ?? "")error \(error.code)"
    case .event(let event): "send \(event.seq)"
    case .heartbeat: "heartbeat"
    case .ping: "ping"
    case .pong: "pong"
    case .skills: "skills"
    default: "other"
    }
  }
}
