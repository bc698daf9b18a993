extension RelayState {
  /// A number that the server gives to each socket.
  package typealias ConnectionID = UInt64

  /// What happened; what comes of a connection that does not count any more has no effect.
  package enum Event: Sendable {
    /// Token and ownership are checked, and the generation is taken, before; without one the next is counted here.
    case registered(ConnectionID, Registration, generation: Int? = nil)
    case frame(ConnectionID, AgentFrame)
    /// Bytes that are no whole frame yet, of one that may take long to arrive.
    case heard(ConnectionID)
    /// Bytes that are no frame.
    case refused(ConnectionID, FrameRefusal)
    case disconnected(ConnectionID)
    /// The id is new: the log has refused duplicates.
    case submit(RequestMessage, isAsync: Bool)
    case cancel(requestId: String)
    /// The log has what `append` asked for.
    ///
    /// - Parameter bytes: `payloadBytes` of the event.
    case committed(requestId: String, attempt: Int, seq: Int, bytes: Int)
    /// The log takes nothing more of a request from its agent.
    case lost(requestId: String)
    case timer
    /// The token has ended.
    case revoked
    /// By the owner or an operator.
    case disconnect
    case drain(reconnectAfterMs: Int, deadlineMs: Int)
  }

  /// What the server is to do, in this order.
  package enum Action: Hashable, Sendable {
    case send(ConnectionID, BridgeFrame)
    /// Nothing that the connection says afterwards counts.
    case close(ConnectionID, CloseCode, reason: String)
    /// To be committed in order; answered by `committed` when the entry has a number.
    case append(LogEntry)
    /// The agent came online, or went offline.
    case presence(Bool)
    case skills([CarriedSkill])
    case discover(ConnectionID, AgentDiscovery)
    case call(ConnectionID, AgentCall)
    case signal(ConnectionID, OutgoingSignal)
    /// To be counted and logged.
    case violation(ConnectionID, String)
  }

  /// A request that the log has without an ending, after a restart.
  package struct OpenRequest: Sendable {
    package var message: RequestMessage
    package var isAsync: Bool
    package var attempt: Int
    package var isAccepted: Bool
    /// The last number of the agent in the log.
    package var committed: Int
    package var isCancelled: Bool

    package init(
      message: RequestMessage, isAsync: Bool, attempt: Int, isAccepted: Bool, committed: Int, isCancelled: Bool
    ) {
      self.message = message
      self.isAsync = isAsync
      self.attempt = attempt
      self.isAccepted = isAccepted
      self.committed = committed
      self.isCancelled = isCancelled
    }
  }
}
