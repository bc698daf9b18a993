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
  private struct Core {
    var state: RelayState
    var sockets = RelaySockets()
    /// The accounts whose requests are open, by the ids of these.
    var callers: [String: Int64]
    var log = LogQueue()
    var questions = 0
    /// When the state wants to know the time.
    var due: Duration?
    var replacements = ReplacementPace()
    var isRetired = false
  }

  /// Questions of an agent that are answered at a time.
  private static let questionLimit = 16
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
      if core.sockets.primary != nil { core.replacements.note(at: environment.clock.now) }
      core.sockets.add(RelaySockets.Connection(socket: socket, credentials: credentials))
      run(.registered(socket.id, registration, generation: generation), &core)
      return true
    }
  }

  /// How long a newcomer waits for the place of the connection that there is.
  func replacementDelay() -> Duration {
    core.withLock { core -> Duration in
      core.sockets.primary == nil ? .zero : core.replacements.delay(at: environment.clock.now)
    }
  }

  func disconnected(_ socket: AgentSocket) {
    core.withLock { core in
      if core.sockets.remove(socket.id) { run(.disconnected(socket.id), &core) }
    }
  }

  /// Ends the connection that a token has made, unless another has taken its place.
  func revoke(_ tokenID: Int64) {
    core.withLock { core in
      guard !core.isRetired, core.sockets.primary?.credentials.tokenID == tokenID else { return }
      run(.revoked, &core)
    }
  }

  /// A frame of a socket; waits while too much of the agent is on its way into the log.
  func receive(_ frame: Result<AgentFrame, FrameRefusal>, from socket: AgentSocket) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let hasRoom = core.withLock { $0.log.hasRoom(orResumes: continuation) }
      if hasRoom { continuation.resume() }
    }
    core.withLock { core -> Void in
      switch frame {
      case .success(let frame):
        core.sockets.note(frame, from: socket.id, at: environment.now())
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
      if let socket = core.sockets.primary?.socket, socket.activity.take() { run(.heard(socket.id), &core) }
      let now = environment.clock.now
      if let due = core.due, due <= now {
        core.due = nil
        run(.timer, &core)
      }
      core.isRetired = core.sockets.isEmpty && core.log.isIdle && core.state.deadline == nil
      return core.isRetired
    }
  }

  private func run(_ event: RelayState.Event, _ core: inout Core) {
    for action in core.state.handle(event, at: environment.clock.now) { perform(action, &core) }
    core.due = core.state.deadline
  }
}

// MARK: - Actions

extension Relay {
  private func perform(_ action: RelayState.Action, _ core: inout Core) {
    switch action {
    case .send(let id, let frame): send(frame, to: id, &core)
    case .close(let id, let code, let reason):
      core.sockets.close(id, code, reason: reason)
    case .append(let entry):
      core.log.add(PendingEntry(entry: entry, generation: entry.seq == nil ? nil : core.state.generation))
      if entry.event.isEnding { core.callers[entry.requestId] = nil }
      startWriting(&core)
    case .presence(let isOnline): environment.setPresence(agent, isOnline)
    case .skills(let skills):
      core.log.announced = skills
      startWriting(&core)
    case .discover(let id, let discovery): ask(.discover(discovery), from: id, &core)
    case .call(let id, let call): ask(.call(call), from: id, &core)
    case .signal(_, let signal) where signal.targetAgentId == SignalBuffers.caller:
      environment.signals.add(signal, from: agent, at: environment.clock.now)
    case .signal(let id, let signal): ask(.signal(signal), from: id, &core)
    case .violation(_, let reason):
      environment.logger.info("an agent broke the protocol", metadata: ["agent.id": "\(agent)", "reason": "\(reason)"])
    }
  }

  /// Whether a caller owns the agent is decided by the token of the socket that is asked.
  private func send(_ frame: BridgeFrame, to id: RelayState.ConnectionID, _ core: inout Core) {
    if case .registered = frame { core.sockets.promote(id, at: environment.now()) }
    guard let connection = core.sockets[id] else { return }
    guard case .message(var message) = frame, let caller = message.caller else { return connection.socket.send(frame) }
    let account = core.callers[message.requestId]
    let isOwner = account != nil && account == connection.credentials.account?.rawValue
    message.caller = .init(account: caller.account, isOwner: isOwner)
    connection.socket.send(.message(message))
  }

  private func ask(_ question: RelayEnvironment.Question, from id: RelayState.ConnectionID, _ core: inout Core) {
    guard let connection = core.sockets[id] else { return }
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
  private func startWriting(_ core: inout Core) {
    if core.log.beginWriting() { environment.run { await self.write() } }
  }

  private func write() async {
    while let batch = core.withLock({ $0.log.next() }) {
      if let skills = batch.skills { await environment.setSkills(agent, skills) }
      guard await commit(batch.entries) else {
        // The server stops: nobody waits for room any more.
        return resume(core.withLock { $0.log.stop() })
      }
    }
  }

  private func resume(_ waiting: [CheckedContinuation<Void, Never>]) {
    for continuation in waiting { continuation.resume() }
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
    resume(
      core.withLock { core -> [LogQueue.Waiting] in
        for (pending, outcome) in zip(entries, outcomes) { settle(pending.entry, outcome, &core) }
        return core.log.settle(entries)
      })
  }

  private func settle(_ entry: RelayState.LogEntry, _ outcome: AppendOutcome, _ core: inout Core) {
    // The log has ended the request, such as one with too much text: the agent need not go on.
    let hasEnded = outcome == .ended || outcome.event?.isEnding == true
    if hasEnded, !entry.event.isEnding { run(.cancel(requestId: entry.requestId), &core) }
    if case .refused(let reason) = outcome {
      let metadata: Logger.Metadata = ["agent.id": "\(agent)", "reason": "\(reason)"]
      environment.logger.warning("the task log refused an event", metadata: metadata)
      return run(.lost(requestId: entry.requestId), &core)
    }
    guard let seq = entry.seq else { return }
    run(
      .committed(requestId: entry.requestId, attempt: entry.attempt, seq: seq, bytes: entry.event.payloadBytes), &core)
  }
}

// MARK: - What others ask

extension Relay {
  var presence: AgentPresence { core.withLock { $0.sockets.presence } }

  /// Of the socket that counts; nil while there is none.
  var credentials: AgentCredentials? { core.withLock { $0.sockets.primary?.credentials } }

  var isOnline: Bool { core.withLock { $0.state.isOnline } }

  var hasSockets: Bool { core.withLock { !$0.sockets.isEmpty } }

  /// Sends a frame that is of no request, on the socket that counts.
  ///
  /// - Returns: False when there is none, or much waits for it already: nobody's signals may close it.
  func push(_ frame: BridgeFrame) -> Bool {
    guard let socket = core.withLock({ $0.sockets.primary?.socket }), socket.hasRoom else { return false }
    socket.send(frame)
    return true
  }

  /// Closes what is open of the agent's sockets, which connect again.
  ///
  /// - Returns: Whether there was any.
  @discardableResult
  func closeAll() -> Bool {
    core.withLock { core in
      for connection in core.sockets.all { connection.socket.close(.restart, reason: "Restart") }
      return !core.sockets.isEmpty
    }
  }
}
