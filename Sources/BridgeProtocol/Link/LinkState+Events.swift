extension LinkState {
  /// Who registers, and as what.
  package struct Identity: Hashable, Sendable {
    package var agentId: String
    package var token: String
    package var agentType: String
    /// One for each process that answers for the agent.
    package var instanceId: String
    package var capabilities: [String]

    package init(agentId: String, token: String, agentType: String, instanceId: String, capabilities: [String] = []) {
      self.agentId = agentId
      self.token = token
      self.agentType = agentType
      self.instanceId = instanceId
      self.capabilities = capabilities
    }
  }

  /// What happened.
  ///
  /// The connection is the one opened last: frames and the end of an earlier one are not reported, nor is anything of
  /// a connection after `close`.
  package enum Event: Sendable {
    case start
    case opened
    case received(BridgeFrame)
    case closed(CloseCode?)
    case failedToOpen(isFinal: Bool, reason: String)
    /// The start is on disk, and the runtime runs.
    case started(requestId: String, attempt: Int)
    case output(requestId: String, attempt: Int, RunEvent)
    /// What `readJournal` asked for, from its number on; a part of it is enough, and without that number it is lost.
    case journaled(requestId: String, attempt: Int, entries: [JournalEntry])
    case skills([CarriedSkill])
    case timer
    /// The machine has slept, or its network has changed.
    case woke
    case stop
  }

  /// What the program is to do, in this order.
  package enum Action: Hashable, Sendable {
    /// Opens a connection; one that is open stays until the new one is, and the bridge closes it.
    case dial
    case close(CloseCode)
    case send(AgentFrame)
    /// To be on disk before the request runs; answered by `started`.
    case recordStart(RequestMessage)
    /// Comes before the `send` of the same number; needs no fsync.
    case journal(JournalEntry)
    case readJournal(requestId: String, attempt: Int, from: Int)
    /// Acknowledged up to a number; `.max` forgets the request.
    case discard(requestId: String, attempt: Int, through: Int)
    case cancelRun(requestId: String)
    case online(generation: Int?)
    case offline(reason: String)
    case ended(LinkEnding)
  }
}
