/// The first frame of an agent.
package struct Registration: Codable, Hashable, Sendable {
  /// A UUID, that of the address of the socket.
  package var agentId: String
  package var token: String
  /// Exactly `2`.
  package var bridgeVersion: String
  package var agentType: String
  package var capabilities: [String]
  /// Additions that the agent knows, such as `mesh.v3`.
  package var ext: [String]?
  /// One for each process that answers for the agent.
  package var instanceId: String?
  /// Grows with each connection of the instance.
  package var connEpoch: Int?
  package var resume: Resume?

  package init(
    agentId: String, token: String, agentType: String, capabilities: [String] = [], ext: [String]? = nil,
    instanceId: String? = nil, connEpoch: Int? = nil, resume: Resume? = nil
  ) {
    self.agentId = agentId
    self.token = token
    bridgeVersion = "2"
    self.agentType = agentType
    self.capabilities = capabilities
    self.ext = ext
    self.instanceId = instanceId
    self.connEpoch = connEpoch
    self.resume = resume
  }

  /// What an agent still has of the connection before.
  package struct Resume: Codable, Hashable, Sendable {
    package var session: String
    /// At most 50.
    package var streams: [Stream]

    package init(session: String, streams: [Stream]) {
      self.session = session
      self.streams = streams
    }
  }

  /// An attempt of which the agent has a journal.
  package struct Stream: Codable, Hashable, Sendable {
    package var requestId: String
    package var attempt: Int
    /// The last number that the agent knows to be committed.
    package var ackedOut: Int
    /// The last number in its journal.
    package var lastOut: Int
    /// The next message that it expects for the request.
    package var nextIn: Int

    package init(requestId: String, attempt: Int, ackedOut: Int, lastOut: Int, nextIn: Int = 1) {
      self.requestId = requestId
      self.attempt = attempt
      self.ackedOut = ackedOut
      self.lastOut = lastOut
      self.nextIn = nextIn
    }
  }
}
