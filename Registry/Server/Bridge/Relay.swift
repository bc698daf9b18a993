import BridgeProtocol
import RegistryAPI
import Synchronization

/// One agent: the state of its requests, its sockets, and what is on its way into the log.
///
/// Events are handled one after the other; what the state asks for is done in that order and without waiting. Entries
/// of the log gather while others are being committed.
final class Relay: Sendable {
  struct Core {
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

  let agent: String
  let environment: RelayEnvironment
  let core: Mutex<Core>

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

  func run(_ event: RelayState.Event, _ core: inout Core) {
    for action in core.state.handle(event, at: environment.clock.now) { perform(action, &core) }
    core.due = core.state.deadline
  }
}

// MARK: - What others ask

extension Relay {
  var presence: AgentPresence { core.withLock { $0.sockets.presence } }

  var isOnline: Bool { core.withLock { $0.state.isOnline } }
}
