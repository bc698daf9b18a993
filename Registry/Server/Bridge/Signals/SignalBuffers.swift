import BridgeProtocol
import RegistryAPI
import Skills
import Synchronization

/// The signals of agents to callers that have no socket and come for them (protocol version 2, section 8).
///
/// A transfer is that of the caller who named it first to an agent, and of that agent: to every other caller there is
/// none, and no other agent can send for it.
final class SignalBuffers: Sendable {
  fileprivate struct State {
    var agents: [String: [String: SignalBuffer]] = [:]
    /// Of all signals that wait.
    var byteCount = 0
  }

  /// The name of every caller over HTTP towards an agent.
  static let caller = "http-caller"
  /// Bytes of the payload of one signal.
  static let payloadBytes = 64 << 10
  /// Bytes of a name of a transfer or of a type.
  static let nameBytes = 128
  fileprivate static let transfers = 100
  fileprivate static let transfersPerCaller = 10
  private static let bytes = 32 << 20
  private static let lifetime = Duration.seconds(60)

  private let state = Mutex(State())

  /// Opens a transfer with its first contact, and gives what the agent has sent since the last one.
  ///
  /// - Throws: `notFound` for the transfer of somebody else; `tooManyRequests` when the agent or the caller
  ///   has too many; `payloadTooLarge` after the agent has sent too much, which ends the transfer.
  func contact(
    _ transfer: String, with agent: String, by caller: SignalCaller, at now: Duration
  ) throws(MeshError) -> [SignalBody] {
    let outcome = state.withLock { state -> Result<[SignalBody], MeshError> in
      Result { () throws(MeshError) in try state.contact(transfer, agent, caller, now) }
    }
    return try outcome.get()
  }

  /// Keeps a signal for the caller of its transfer; one of a transfer that nobody has opened is dropped.
  func add(_ signal: OutgoingSignal, from agent: String) {
    guard signal.payload.utf8.count <= Self.payloadBytes, signal.signalType.utf8.count <= Self.nameBytes else { return }
    state.withLock { state in
      guard var buffer = state.agents[agent]?[signal.transferId] else { return }
      let before = buffer.byteCount
      buffer.add(signal, room: Self.bytes - state.byteCount)
      state.byteCount += buffer.byteCount - before
      state.agents[agent]?[signal.transferId] = buffer
    }
  }

  /// Forgets transfers whose callers have not come for long; to be called every second.
  func expire(at now: Duration) {
    state.withLock { state in
      for (agent, transfers) in state.agents {
        for (transfer, buffer) in transfers where buffer.isOver(at: now, after: Self.lifetime) {
          state.remove(transfer, of: agent)
        }
      }
    }
  }
}

extension SignalBuffers.State {
  fileprivate mutating func contact(
    _ transfer: String, _ agent: String, _ caller: SignalCaller, _ now: Duration
  ) throws(MeshError) -> [SignalBody] {
    guard var buffer = agents[agent]?[transfer] else {
      try checkRoom(for: caller, of: agent)
      agents[agent, default: [:]][transfer] = SignalBuffer(of: caller, at: now)
      return []
    }
    guard buffer.caller == caller else { throw MeshError(.notFound, "there is no such transfer of yours") }
    byteCount -= buffer.byteCount
    guard let signals = buffer.take(at: now) else {
      remove(transfer, of: agent)
      throw MeshError(
        .payloadTooLarge, "the agent sent more signals than are kept, and the transfer is over",
        hint: "Begin another one, and fetch its signals more often.")
    }
    agents[agent]?[transfer] = buffer
    return signals
  }

  private func checkRoom(for caller: SignalCaller, of agent: String) throws(MeshError) {
    guard let transfers = agents[agent]?.values else { return }
    guard transfers.count < SignalBuffers.transfers else {
      throw MeshError(
        .tooManyRequests, "the agent has \(SignalBuffers.transfers) transfers under way", hint: "Try again later.")
    }
    guard transfers.count(where: { $0.caller == caller }) < SignalBuffers.transfersPerCaller else {
      throw MeshError(
        .tooManyRequests, "\(SignalBuffers.transfersPerCaller) transfers of yours with the agent are under way",
        hint: "End one of them first: a transfer is over a minute after you asked for its signals last.")
    }
  }

  fileprivate mutating func remove(_ transfer: String, of agent: String) {
    byteCount -= agents[agent]?.removeValue(forKey: transfer)?.byteCount ?? 0
    if agents[agent]?.isEmpty == true { agents[agent] = nil }
  }
}
