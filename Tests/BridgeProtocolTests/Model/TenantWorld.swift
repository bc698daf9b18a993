import BridgeProtocol
import TestSupport

/// Two tenants at one bridge: each has an agent, and both ask a third one.
///
/// All ids come from a handful, so that everybody names what belongs to others all the time. Agents say the word of a
/// tenant where that one has asked them, and a foreign one wherever else they can.
struct TenantWorld {
  private struct Task {
    let tenant: Int
    let agent: Int
    let message: RequestMessage
    let isAsync: Bool
    var entries: [RelayState.LogEntry] = []

    var isEnded: Bool { entries.last?.event.isEnding ?? false }
    var committed: Int { entries.last { $0.seq != nil }?.seq ?? 0 }
  }

  private struct Agent {
    var relay = RelayState()
    var connections: [RelayState.ConnectionID] = []
    var pending: ArraySlice<RelayState.LogEntry> = []
  }

  private static let shared = 2
  private static let ids = (0..<6).map { "r\($0)" }
  private static let sessions = ["s0", "s1"]
  private static let foreign = "<foreign>"

  private var random: SplitMix64
  private var now = Duration.zero
  private var agents = [Agent(), Agent(), Agent()]
  /// The agent of each connection, in the order of their ids, which begin with 1.
  private var owners: [Int] = []
  /// By the id of the request alone, as the log of a registry has them.
  private var tasks: [String: Task] = [:]

  /// What somebody was told who should not have been.
  private(set) var leaks: [String] = []
  /// Of each tenant, how often its own word is in its log.
  private(set) var words = [0, 0]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  mutating func run(steps: Int) {
    for agent in agents.indices { connect(agent) }
    for _ in 0..<steps {
      let agent = Int.random(in: 0...2, using: &random)
      switch Int.random(in: 0..<24, using: &random) {
      case 0...2: submit()
      case 3: connect(agent)
      case 4: if random.happens(oneIn: 3) { disconnect(agent) }
      case 5...16: speak(agent)
      case 17...20: commit(agent)
      case 21: cancel()
      case 22: pass()
      default: if random.happens(oneIn: 4) { crash() }
      }
    }
    for agent in agents.indices { commit(agent) }
  }

  private static func word(of tenant: Int) -> String { "<\(tenant)>" }

  private mutating func any(_ words: [String]) -> String { words[Int.random(in: words.indices, using: &random)] }

  private mutating func anyNumber() -> Int { Int.random(in: 0...6, using: &random) }
}

// MARK: - What happens

extension TenantWorld {
  private mutating func submit() {
    let tenant = Int.random(in: 0...1, using: &random)
    let message = RequestMessage(
      sessionId: any(Self.sessions), requestId: any(Self.ids), content: Self.word(of: tenant))
    // The log refuses an id that is in use, whoever has it.
    guard tasks[message.requestId] == nil else { return }
    let task = Task(
      tenant: tenant, agent: Bool.random(using: &random) ? Self.shared : tenant, message: message,
      isAsync: Bool.random(using: &random))
    tasks[message.requestId] = task
    handle(.submit(message, isAsync: task.isAsync), of: task.agent)
  }

  private mutating func connect(_ agent: Int) {
    owners.append(agent)
    let connection = RelayState.ConnectionID(owners.count)
    agents[agent].connections.append(connection)
    let streams = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      Registration.Stream(
        requestId: any(Self.ids), attempt: 1, ackedOut: Int.random(in: 0...2, using: &random),
        lastOut: anyNumber())
    }
    let registration = Registration(
      agentId: "a\(agent)", token: "t", agentType: "exec",
      ext: random.happens(oneIn: 4) ? nil : [BridgeExtension.meshV3], instanceId: "i", connEpoch: owners.count,
      resume: .init(session: "s", streams: streams))
    handle(.registered(connection, registration), of: agent)
  }

  private mutating func disconnect(_ agent: Int) {
    guard let connection = agents[agent].connections.last else { return }
    handle(.disconnected(connection), of: agent)
  }

  /// On the connection that counts, or on one that has counted before.
  private mutating func speak(_ agent: Int) {
    let newest = agents[agent].connections.last
    let spoken = random.happens(oneIn: 6) ? agents[agent].connections.randomElement(using: &random) : newest
    guard let spoken else { return }
    let knows = random.happens(oneIn: 2)
    let id = knows ? Self.ids.first { tasks[$0]?.agent == agent && tasks[$0]?.isEnded == false } : nil
    speak(of: id ?? any(Self.ids), over: spoken, of: agent, isHeard: spoken == newest, knows: id != nil)
  }

  private mutating func speak(
    of id: String, over connection: RelayState.ConnectionID, of agent: Int, isHeard: Bool, knows: Bool
  ) {
    let task = tasks[id]
    let session = knows ? task?.message.sessionId ?? "" : any(Self.sessions)
    let (attempt, next) = knows ? (1, (task?.committed ?? 0) + 1) : (random.happens(oneIn: 4) ? 2 : 1, anyNumber())
    let word = isHeard && task?.agent == agent ? task.map { Self.word(of: $0.tenant) } : nil
    let event = word ?? Self.foreign
    let text = task?.message.sessionId == session ? event : Self.foreign
    let frame: AgentFrame =
      switch Int.random(in: 0..<12, using: &random) {
      case 0: .accept(.init(requestId: id, attempt: attempt))
      case 1: .done(.init(sessionId: session, requestId: id, result: text, attempt: attempt, seq: next))
      case 2: .error(.init(sessionId: session, requestId: id, code: "", message: text, attempt: attempt, seq: next))
      // Of no conversation.
      case 3, 4: .event(.init(requestId: id, attempt: attempt, seq: next, kind: .message, content: event))
      default: .chunk(.init(sessionId: session, requestId: id, delta: text, attempt: attempt, seq: next))
      }
    handle(.frame(connection, frame), of: agent)
  }

  private mutating func cancel() {
    let id = any(Self.ids)
    guard let task = tasks[id] else { return }
    handle(.cancel(requestId: id), of: task.agent)
  }

  private mutating func pass() {
    now += .seconds(Int.random(in: 0...40, using: &random))
    for agent in agents.indices { handle(.timer, of: agent) }
  }

  /// What is not committed is lost; the rest is taken up again.
  private mutating func crash() {
    for agent in agents.indices {
      let open = tasks.values.filter { $0.agent == agent && !$0.isEnded }.map { task in
        RelayState.OpenRequest(
          message: task.message, isAsync: task.isAsync, attempt: 1,
          isAccepted: task.entries.contains { $0.event == .accepted }, committed: task.committed, isCancelled: false)
      }
      let generation = agents[agent].relay.generation
      agents[agent] = Agent(
        relay: RelayState(
          generation: generation, restoring: open.sorted { $0.message.requestId < $1.message.requestId }))
    }
  }
}

// MARK: - What comes of it

extension TenantWorld {
  private mutating func handle(_ event: RelayState.Event, of agent: Int) {
    for action in agents[agent].relay.handle(event, at: now) {
      switch action {
      case .append(let entry): agents[agent].pending.append(entry)
      case .send(let connection, let frame):
        demand(owner(of: connection) == agent, "a frame is for a connection of another agent: \(frame)")
        for id in Self.requests(in: frame) {
          demand(tasks[id]?.agent == agent, "agent \(agent) is told of \(id): \(frame)")
        }
        if case .message(let message) = frame {
          let asked = tasks[message.requestId]?.message
          demand(message.content == asked?.content && message.sessionId == asked?.sessionId, "it is asked \(message)")
        }
      case .close(let connection, _, _):
        demand(owner(of: connection) == agent, "a connection of another agent is closed")
      case .presence, .skills, .discover, .call, .signal, .violation: break
      }
    }
  }

  /// Enters what waits, as the log does: by the id of the request, in order, and nothing after the end.
  private mutating func commit(_ agent: Int) {
    let entries = agents[agent].pending
    agents[agent].pending = []
    for entry in entries {
      guard var task = tasks[entry.requestId], !task.isEnded, entry.seq.map({ $0 == task.committed + 1 }) ?? true
      else { continue }
      for text in Self.texts(in: entry.event) where text.hasPrefix("<") {
        demand(text == Self.word(of: task.tenant), "tenant \(task.tenant) reads \(text) in \(entry)")
        words[task.tenant] += 1
      }
      task.entries.append(entry)
      tasks[entry.requestId] = task
    }
    for entry in entries {
      guard let seq = entry.seq else { continue }
      handle(
        .committed(
          requestId: entry.requestId, attempt: entry.attempt, seq: seq, bytes: entry.event.payloadBytes), of: agent)
    }
  }

  private mutating func demand(_ isKept: Bool, _ leak: @autoclosure () -> String) {
    if !isKept { leaks.append(leak()) }
  }

  private func owner(of connection: RelayState.ConnectionID) -> Int { owners[Int(connection) - 1] }

  private static func requests(in frame: BridgeFrame) -> [String] {
    switch frame {
    case .message(let message): [message.requestId]
    case .cancel(let cancellation): [cancellation.requestId]
    case .ack(let acknowledgement): [acknowledgement.requestId]
    case .resend(let request): [request.requestId]
    case .credit(let credit): credit.requestId.map { [$0] } ?? []
    case .registered(let response): response.recovered?.map(\.requestId) ?? []
    default: []
    }
  }

  private static func texts(in event: TaskEventBody) -> [String] {
    switch event {
    case .chunk(let delta, _, _, _): [delta]
    case .extra(_, let content): [content]
    case .done(let result, _, _): result.map { [$0] } ?? []
    case .failed(_, let message): [message]
    case .accepted, .note: []
    }
  }
}
