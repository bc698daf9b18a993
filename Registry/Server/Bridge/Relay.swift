import BridgeProtocol
import Foundation
import Logging
import RegistryAPI
import RegistryStore
import Synchronization

/// One agent: the state of its requests, its sockets, and what is on its way into the log.
///
/// Events are handled one after the other; what the state asks for is done in that order and without waiting. Entries
/// of the log gather while others are being committed.
final class Relay: Sendable {
  private struct Connection {
    let socket: AgentSocket
    let credentials: AgentCredentials
  }

  private struct Core {
    var state: RelayState
    var connections: [RelayState.ConnectionID: Connection] = [:]
    /// That of the last registration that the state accepted.
    var primary: RelayState.ConnectionID?
    var lastHeartbeat: Date?
    var activeSessions = 0
    /// The accounts whose requests are open, by the ids of these.
    var callers: [String: Int64]
    var pending: [PendingEntry] = []
    /// Of entries that are not committed yet.
    var pendingBytes = 0
    var announced: [CarriedSkill]?
    var isWriting = false
    /// The log takes nothing any more.
    var hasStopped = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var questions = 0
    /// When the state wants to know the time; nil while it has not been asked.
    var due: Duration?
    var replacements: [Duration] = []
    var isRetired = false
  }

  /// Bytes that may be on their way into the log before the agent is read no further.
  private static let pendingLimit = 1 << 20
  /// Questions of an agent that are answered at a time.
  private static let questionLimit = 16
  private static let replacementLimit = 3
  /// Entries that go into the log at once.
  private static let batch = 512
  private static let retryPause = Duration.seconds(1)

  let agent: String
  private let environment: RelayEnvironment
  private let core: Mutex<Core>

  /// - Parameter callers: The accounts behind the open requests, by the ids of these.
  init(
    agent: String, restoring open: [RelayState.OpenRequest] = [], callers: [String: Int64] = [:],
    environment: RelayEnvironment
  ) {
    self.agent = agent
    self.environment = environment
    core = Mutex(Core(state: RelayState(restoring: open), callers: callers))
  }
}

// MARK: - Events

extension Relay {
  /// False for one that was retired meanwhile.
  @discardableResult
  func handle(_ event: RelayState.Event) -> Bool {
    core.withLock { core -> Bool in
      guard !core.isRetired else { return false }
      run(event, &core)
      return true
    }
  }

  /// - Parameter caller: The account that asks; nil for nobody known.
  func submit(_ message: RequestMessage, isAsync: Bool, caller: Int64?) -> Bool {
    core.withLock { core -> Bool in
      guard !core.isRetired else { return false }
      core.callers[message.requestId] = caller
      run(.submit(message, isAsync: isAsync), &core)
      return true
    }
  }

  /// Takes over a socket of which token and agent were checked.
  func register(
    _ socket: AgentSocket, _ credentials: AgentCredentials, _ registration: Registration, generation: Int
  ) -> Bool {
    core.withLock { core -> Bool in
      guard !core.isRetired else { return false }
      if core.primary != nil { core.replacements.append(environment.clock.now) }
      core.connections[socket.id] = Connection(socket: socket, credentials: credentials)
      run(.registered(socket.id, registration, generation: generation), &core)
      return true
    }
  }

  /// How long a newcomer waits, so that two programs that take turns do not disturb each other all the time.
  func replacementDelay() -> Duration {
    core.withLock { core -> Duration in
      let now = environment.clock.now
      core.replacements.removeAll { now - $0 > .seconds(60) }
      guard core.primary != nil, core.replacements.count >= Self.replacementLimit else { return .zero }
      return .seconds(10)
    }
  }

  func disconnected(_ socket: AgentSocket) {
    core.withLock { core in
      guard core.connections.removeValue(forKey: socket.id) != nil else { return }
      if core.primary == socket.id { core.primary = nil }
      run(.disconnected(socket.id), &core)
    }
  }

  /// A frame of a socket; waits while too much of the agent is on its way into the log.
  func receive(_ frame: Result<AgentFrame, FrameRefusal>, from socket: AgentSocket) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let hasRoom = core.withLock { core -> Bool in
        if core.hasStopped || core.pendingBytes <= Self.pendingLimit { return true }
        core.waiting.append(continuation)
        return false
      }
      if hasRoom { continuation.resume() }
    }
    core.withLock { core -> Void in
      switch frame {
      case .success(let frame):
        if case .heartbeat(let heartbeat) = frame { core.activeSessions = heartbeat.activeSessions }
        if core.primary == socket.id { core.lastHeartbeat = environment.now() }
        run(.frame(socket.id, frame), &core)
      case .failure(let refusal): run(.refused(socket.id, refusal), &core)
      }
    }
  }

  /// To be called several times a second.
  ///
  /// - Returns: Whether there is nothing to be remembered of the agent; then it is retired and refuses events.
  func tick() -> Bool {
    core.withLock { core -> Bool in
      let now = environment.clock.now
      if let due = core.due, due <= now {
        core.due = nil
        run(.timer, &core)
      }
      core.isRetired =
        core.connections.isEmpty && core.pending.isEmpty && !core.isWriting && core.state.deadline == nil
      return core.isRetired
    }
  }

  private func run(_ event: RelayState.Event, _ core: inout Core) {
    for action in core.state.handle(event, at: environment.clock.now) { perform(action, &core) }
    switch event {
    // They only put off what is due.
    case .frame, .refused, .committed: if core.due == nil { core.due = core.state.deadline }
    default: core.due = core.state.deadline
    }
  }
}

// MARK: - Actions

extension Relay {
  private func perform(_ action: RelayState.Action, _ core: inout Core) {
    switch action {
    case .send(let id, let frame): send(frame, to: id, &core)
    case .close(let id, let code, let reason):
      core.connections[id]?.socket.close(code, reason: reason)
      if core.primary == id { core.primary = nil }
    case .append(let entry):
      let pending = PendingEntry(entry: entry, generation: entry.seq == nil ? nil : core.state.generation)
      core.pending.append(pending)
      core.pendingBytes += pending.cost
      if entry.event.isEnding { core.callers[entry.requestId] = nil }
      startWriting(&core)
    case .presence(let isOnline): environment.setPresence(agent, isOnline)
    case .skills(let skills):
      core.announced = skills
      startWriting(&core)
    case .discover(let id, let discovery): ask(.discover(discovery), from: id, &core)
    case .call(let id, let call): ask(.call(call), from: id, &core)
    case .violation(_, let reason):
      environment.logger.info("an agent broke the protocol", metadata: ["agent.id": "\(agent)", "reason": "\(reason)"])
    }
  }

  /// Whether a caller owns the agent is decided by the token of the socket that is asked.
  private func send(_ frame: BridgeFrame, to id: RelayState.ConnectionID, _ core: inout Core) {
    guard let connection = core.connections[id] else { return }
    if case .registered = frame {
      core.primary = id
      core.lastHeartbeat = environment.now()
    }
    guard case .message(var message) = frame, let caller = message.caller else { return connection.socket.send(frame) }
    let account = core.callers[message.requestId]
    let isOwner = account != nil && account == connection.credentials.account?.rawValue
    message.caller = .init(account: caller.account, isOwner: isOwner)
    connection.socket.send(.message(message))
  }

  private func ask(_ question: RelayEnvironment.Question, from id: RelayState.ConnectionID, _ core: inout Core) {
    guard let connection = core.connections[id] else { return }
    guard core.questions < Self.questionLimit else {
      if case .call(let call) = question, let id = call.callId {
        connection.socket.send(.callAgentError(.init(callId: id, code: "rate_limited", message: "Too many calls")))
      }
      return
    }
    core.questions += 1
    let (environment, agent) = (environment, agent)
    environment.run {
      await environment.answer(agent, question, connection.socket, connection.credentials)
      self.core.withLock { $0.questions -= 1 }
    }
  }
}

// MARK: - The log

extension Relay {
  private struct Batch {
    var entries: [PendingEntry]
    var skills: [CarriedSkill]?
  }

  private func startWriting(_ core: inout Core) {
    guard !core.isWriting else { return }
    core.isWriting = true
    environment.run { await self.write() }
  }

  private func write() async {
    while let batch = nextBatch() {
      if let skills = batch.skills { await environment.setSkills(agent, skills) }
      guard await commit(batch.entries) else { return stopWriting() }
    }
  }

  /// The server stops: nobody waits for room any more.
  private func stopWriting() {
    let waiting = core.withLock { core -> [CheckedContinuation<Void, Never>] in
      core.hasStopped = true
      defer { core.waiting = [] }
      return core.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private func nextBatch() -> Batch? {
    core.withLock { core -> Batch? in
      let batch = Batch(entries: Array(core.pending.prefix(Self.batch)), skills: core.announced)
      core.pending.removeFirst(batch.entries.count)
      core.announced = nil
      core.isWriting = !batch.entries.isEmpty || batch.skills != nil
      return core.isWriting ? batch : nil
    }
  }

  /// Tries until the log takes them; false when the server stops before.
  private func commit(_ entries: [PendingEntry]) async -> Bool {
    guard !entries.isEmpty else { return true }
    let appends = entries.map { $0.append(at: environment.now()) }
    while true {
      do {
        let outcomes = try await environment.tasks.record(appends)
        environment.feed.publish(outcomes.compactMap(\.event))
        settle(entries, outcomes)
        return true
      } catch {
        environment.logger.error("appending to the task log failed", metadata: ["error": "\(error)"])
        // Cancelled means that the server stops: what is not acknowledged is sent again.
        if (try? await Task.sleep(for: Self.retryPause)) == nil { return false }
      }
    }
  }

  private func settle(_ entries: [PendingEntry], _ outcomes: [AppendOutcome]) {
    let waiting = core.withLock { core -> [CheckedContinuation<Void, Never>] in
      for (pending, outcome) in zip(entries, outcomes) {
        core.pendingBytes -= pending.cost
        settle(pending.entry, outcome, &core)
      }
      guard core.pendingBytes <= Self.pendingLimit else { return [] }
      defer { core.waiting = [] }
      return core.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private func settle(_ entry: RelayState.LogEntry, _ outcome: AppendOutcome, _ core: inout Core) {
    // The log has ended the request, such as one with too much text: the agent need not go on.
    let hasEnded = outcome == .ended || outcome.event?.isEnding == true
    if hasEnded, !entry.event.isEnding { run(.cancel(requestId: entry.requestId), &core) }
    if case .refused(let reason) = outcome {
      let metadata: Logger.Metadata = ["agent.id": "\(agent)", "reason": "\(reason)"]
      return environment.logger.warning("the task log refused an event", metadata: metadata)
    }
    guard let seq = entry.seq else { return }
    run(
      .committed(requestId: entry.requestId, attempt: entry.attempt, seq: seq, bytes: entry.event.payloadBytes), &core)
  }
}

// MARK: - What others ask

extension Relay {
  var presence: AgentPresence {
    core.withLock { core -> AgentPresence in
      guard let id = core.primary, let connection = core.connections[id] else { return AgentPresence(online: false) }
      let credentials = connection.credentials
      return AgentPresence(
        online: core.state.isOnline, agentType: credentials.agentType, capabilities: credentials.capabilities,
        connectedAt: credentials.connectedAt, lastHeartbeat: core.lastHeartbeat, activeSessions: core.activeSessions)
    }
  }

  /// Of the socket that counts; nil while there is none.
  var credentials: AgentCredentials? {
    core.withLock { core in core.primary.flatMap { core.connections[$0]?.credentials } }
  }

  var isOnline: Bool { core.withLock { $0.state.isOnline } }

  /// Closes what is open of the agent's sockets, as the server stops.
  ///
  /// - Returns: Whether there was any.
  func closeAll() -> Bool {
    core.withLock { core in
      for connection in core.connections.values { connection.socket.close(.restart, reason: "Restart") }
      return !core.connections.isEmpty
    }
  }

  var hasSockets: Bool { core.withLock { !$0.connections.isEmpty } }
}
