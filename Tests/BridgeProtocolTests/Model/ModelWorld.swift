import BridgeProtocol
import TestSupport

/// Both real machines, a network that breaks, and a schedule from a seed.
struct ModelWorld {
  /// What may happen beside ordinary work.
  struct Trouble: OptionSet {
    let rawValue: Int
    static let cuts = Trouble(rawValue: 1)
    static let relayCrashes = Trouble(rawValue: 2)
    static let agentCrashes = Trouble(rawValue: 4)
    static let cancellations = Trouble(rawValue: 8)
    static let droppedFrames = Trouble(rawValue: 16)
    static let repeatedFrames = Trouble(rawValue: 32)
    static let goaways = Trouble(rawValue: 64)
    static let losingNothing: Trouble = [.cuts, .relayCrashes, .droppedFrames, .repeatedFrames, .goaways]
    static let all: Trouble = [losingNothing, .agentCrashes, .cancellations]
  }

  struct Connection {
    var toRelay: ArraySlice<AgentFrame> = []
    var toAgent: ArraySlice<BridgeFrame> = []
  }

  private static let requestLimit = 4
  private var random: SplitMix64
  private let trouble: Trouble
  private(set) var agent: ModelAgent
  private(set) var relay: ModelRelay
  private var now = Duration.zero
  private var connections: [RelayState.ConnectionID: Connection] = [:]
  /// The one that the agent opened last, while it is open at the agent's end.
  private var current: RelayState.ConnectionID?
  private var nextConnection: RelayState.ConnectionID = 1

  init(seed: UInt64, trouble: Trouble) {
    random = SplitMix64(seed: seed)
    self.trouble = trouble
    let timings = BridgeTimings()
    agent = ModelAgent(timings: timings)
    relay = ModelRelay(timings: timings, window: .init(requestBytes: 48, connectionBytes: 120))
    agent.handle(.start, at: now)
  }

  /// - Returns: What is wrong; empty when every promise was kept.
  mutating func run(steps: Int) -> [String] {
    for _ in 0..<steps {
      if !trouble.isEmpty, random.happens(oneIn: 12) { disturb() } else { work() }
      settle()
    }
    for _ in 0..<2_000 where !isQuiet { calm() }
    return agent.failures + relay.failures + findings
  }

  /// A round in which everything makes its way.
  private mutating func calm() {
    submit()
    for id in agent.runtimes.keys.sorted() { agent.runStep(id, at: now) }
    settle()
    for _ in 0..<8 where isBusy {
      for _ in connections { deliverToRelay() }
      deliverToAgent()
      answer()
      settle()
    }
    relay.commit(16, at: now)
    pass(.milliseconds(100))
    settle()
  }

  private var isBusy: Bool {
    !agent.answers.isEmpty || connections.values.contains { !$0.toRelay.isEmpty || !$0.toAgent.isEmpty }
  }

  private var isQuiet: Bool { relay.open.isEmpty && agent.disk.isEmpty && relay.submitted.count == Self.requestLimit }

  private mutating func work() {
    switch Int.random(in: 0..<14, using: &random) {
    case 0: submit()
    case 1...3:
      if let id = agent.runtimes.keys.sorted().randomElement(using: &random) { agent.runStep(id, at: now) }
    case 4...6: deliverToRelay()
    case 7...9: deliverToAgent()
    case 10, 11: relay.commit(Int.random(in: 1...8, using: &random), at: now)
    case 12: answer()
    default: pass(.milliseconds(Int.random(in: 1...400, using: &random)))
    }
  }

  private mutating func submit() {
    let number = relay.submitted.count
    guard number < Self.requestLimit else { return }
    let content = String(repeating: "x", count: Int.random(in: 0...16, using: &random))
    relay.submit(RequestMessage(sessionId: "s\(number)", requestId: "r\(number)", content: content), at: now)
  }

  private mutating func deliverToRelay() {
    guard let id = connections.count == 1 ? current : connections.keys.sorted().randomElement(using: &random) else {
      return
    }
    guard let frame = connections[id]?.toRelay.popFirst() else { return }
    relay.receive(frame, from: id, at: now)
  }

  private mutating func deliverToAgent() {
    guard let id = current, let frame = connections[id]?.toAgent.popFirst() else { return }
    agent.handle(.received(frame), at: now)
  }

  private mutating func answer() {
    guard !agent.answers.isEmpty else { return }
    agent.handle(agent.answers.removeFirst(), at: now)
  }

  private mutating func pass(_ time: Duration) {
    now += time
    if let deadline = agent.link.deadline, deadline <= now { agent.handle(.timer, at: now) }
    if let deadline = relay.relay.deadline, deadline <= now { relay.handle(.timer, at: now) }
  }

  private mutating func disturb() {
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: if trouble.contains(.cuts) { cut() }
    case 2: if trouble.contains(.relayCrashes) { crashRelay() }
    case 3: if trouble.contains(.agentCrashes), random.happens(oneIn: 3) { crashAgent() }
    case 4: if trouble.contains(.cancellations) { cancel() }
    case 5: if trouble.contains(.droppedFrames) { drop() }
    case 6: if trouble.contains(.repeatedFrames) { repeatFrame() }
    default: if trouble.contains(.goaways) { relay.handle(.drain(reconnectAfterMs: 300, deadlineMs: 5_000), at: now) }
    }
  }

  private mutating func cancel() {
    guard let id = relay.open.randomElement(using: &random) else { return }
    relay.cancel(id, at: now)
  }

  /// The agent notices at once; the server perhaps only when the next connection replaces this one.
  private mutating func cut() {
    guard let id = current else { return }
    current = nil
    let isHalfOpen = random.happens(oneIn: 2)
    if isHalfOpen { connections[id]?.toAgent = [] } else { connections[id] = nil }
    agent.handle(.closed(nil), at: now)
    if !isHalfOpen { relay.handle(.disconnected(id), at: now) }
  }

  private mutating func crashRelay() {
    relay.crash()
    connections = [:]
    guard current != nil else { return }
    current = nil
    agent.handle(.closed(nil), at: now)
  }

  private mutating func crashAgent() {
    // Whose registration is still on its way would otherwise be taken for the newcomer.
    for id in connections.keys {
      if case .register = connections[id]?.toRelay.first { connections[id] = nil }
    }
    if let id = current { connections[id]?.toAgent = [] }
    current = nil
    agent.crash(at: now)
  }

  private mutating func drop() {
    guard let id = current, let frames = connections[id]?.toRelay else { return }
    guard let index = frames.indices.randomElement(using: &random), case .chunk = frames[index] else { return }
    connections[id]?.toRelay.remove(at: index)
  }

  private mutating func repeatFrame() {
    guard let id = current, let connection = connections[id] else { return }
    if let frame = connection.toAgent.first, case .message = frame { connections[id]?.toAgent.append(frame) }
    if let frame = connection.toRelay.first, case .chunk = frame { connections[id]?.toRelay.append(frame) }
  }

  /// Carries what both machines have asked of the network.
  private mutating func settle() {
    for frame in agent.frames { if let current { connections[current]?.toRelay.append(frame) } }
    for (id, frame) in relay.frames { connections[id]?.toAgent.append(frame) }
    (agent.frames, relay.frames) = ([], [])
    close()
    guard agent.dials > 0 else { return }
    agent.dials = 0
    current = nextConnection
    connections[nextConnection] = Connection()
    nextConnection += 1
    agent.handle(.opened, at: now)
    settle()
  }

  private mutating func close() {
    if agent.wantsClose, let id = current {
      current = nil
      connections[id]?.toAgent = []
    }
    agent.wantsClose = false
    for (id, code) in relay.closed {
      connections[id] = nil
      guard id == current else { continue }
      current = nil
      agent.handle(.closed(code), at: now)
    }
    relay.closed = []
  }

  private var findings: [String] {
    var findings: [String] = []
    for (attempt, count) in agent.starts where count > 1 { findings.append("\(attempt) started \(count) times") }
    for (id, message) in relay.submitted {
      let endings = (relay.log[id] ?? []).filter(\.event.isEnding)
      if endings.count != 1 { findings.append("\(id) has \(endings.count) endings") }
      let text = relay.text(of: id)
      if !agent.emitted[id, default: ""].hasPrefix(text) { findings.append("\(id) has text that was not said") }
      if case .done = endings.first?.event {
        if text != ModelAgent.answer(to: message) { findings.append("\(id) is done without its whole text") }
      } else if trouble.isSubset(of: .losingNothing) {
        findings.append("\(id) was lost: \(endings)")
      }
    }
    if !agent.disk.isEmpty { findings.append("the journal keeps \(agent.disk.keys.sorted())") }
    return findings.sorted()
  }
}
