import BridgeProtocol
import RegistryAPI
import RegistryStore
import Skills

/// Signals of WebRTC, by which two sides of a transfer find each other (protocol version 2, section 8).
extension Bridge {
  private static let types: Set<String> = ["offer", "answer", "candidate", "prepare-upload", "poll"]
  private static let iceServers = 10
  private static let iceBytes = 4 << 10

  /// Pushes the signal of a caller to an agent, and gives what the agent has sent for the transfer since the last time.
  ///
  /// - Throws: `validationError`; `agentOffline` for what is no `poll`; what `SignalBuffers` refuses.
  func signal(
    _ request: PlatformSignalRequest, to agent: AgentID, by caller: SignalCaller
  ) throws -> [SignalBody] {
    let payload = request.payload ?? ""
    try Self.check(request, payload)
    let signals = try self.signals.contact(request.transferId, with: agent.rawValue, by: caller, at: clock.now)
    if request.signalType == "poll" { return signals }
    let relayed = RelayedSignal(
      transferId: request.transferId, fromAgentId: SignalBuffers.caller, signalType: request.signalType,
      payload: payload, clientId: request.clientId, iceServers: request.iceServers)
    guard existingRelay(of: agent.rawValue)?.push(.rtcSignalRelay(relayed)) == true else {
      throw MeshError(.agentOffline, "the agent \(agent) is not connected", hint: "Try again later.")
    }
    return signals
  }

  private static func check(_ request: PlatformSignalRequest, _ payload: String) throws(MeshError) {
    guard (1...SignalBuffers.nameBytes).contains(request.transferId.utf8.count) else {
      throw MeshError(.validationError, "transfer_id has 1 to \(SignalBuffers.nameBytes) bytes")
    }
    guard types.contains(request.signalType) else {
      throw MeshError(
        .validationError, "signal_type is offer, answer, candidate, prepare-upload or poll")
    }
    guard payload.utf8.count <= SignalBuffers.payloadBytes else {
      throw MeshError(.payloadTooLarge, "the payload of a signal has at most \(SignalBuffers.payloadBytes) bytes")
    }
    let servers = request.iceServers ?? []
    let bytes = servers.flatMap { $0.urls + [$0.username, $0.credential].compactMap(\.self) }.map(\.utf8.count)
    guard servers.count <= iceServers, bytes.reduce(0, +) <= iceBytes else {
      throw MeshError(
        .validationError, "there are at most \(iceServers) ice_servers, of \(iceBytes) bytes together")
    }
  }

  /// Sends a signal of one agent to another, if the token that connects it may call that one.
  func relaySignal(_ signal: OutgoingSignal, of agent: String, _ credentials: AgentCredentials) async throws {
    guard signal.payload.utf8.count <= SignalBuffers.payloadBytes,
      max(signal.transferId.utf8.count, signal.signalType.utf8.count) <= SignalBuffers.nameBytes,
      let id = AgentID(parsing: signal.targetAgentId), id.rawValue != agent,
      let identity = try await store.accounts.identity(presenting: credentials.token, at: now()),
      let target = try await store.agents.agent(id, visibleTo: Reader(identity)), target.limits.allowA2A,
      identity.mayCall(target)
    else { return }
    _ = existingRelay(of: target.id.rawValue)?.push(
      .rtcSignalRelay(
        RelayedSignal(
          transferId: signal.transferId, fromAgentId: agent, signalType: signal.signalType, payload: signal.payload)))
  }

  /// The agents whose connections a token has made, by its hash.
  func agents(connectedBy tokenHash: Digest) -> [TokenConnections.Agent] {
    allRelays.compactMap { relay in
      guard let credentials = relay.credentials, credentials.token.hash == tokenHash else { return nil }
      return TokenConnections.Agent(agentId: relay.agent, agentType: credentials.agentType)
    }
  }
}
