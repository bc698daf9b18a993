import BridgeProtocol
import Logging
import Synchronization

/// What the state asks for.
extension Relay {
  /// Questions of an agent that are answered at a time.
  private static let questionLimit = 16

  func perform(_ action: RelayState.Action, _ core: inout Core) {
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
      environment.signals.add(signal, from: agent)
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
