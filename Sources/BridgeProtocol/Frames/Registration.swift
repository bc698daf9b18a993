/// The first frame of an agent.
package struct Registration: Codable, Hashable, Sendable {
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

/// The answer to the first frame.
package struct RegistrationResponse: Codable, Hashable, Sendable {
  package enum Status: String, Codable, Sendable { case ok, error }

  package var status: Status
  package var error: String?
  package var ext: [String]?
  package var session: String?
  package var generation: Int?
  package var node: String?
  package var heartbeatMs: Int?
  package var resumeWindowMs: Int?
  package var window: Window?
  package var recovered: [Recovered]?
  package var lost: [Lost]?

  package init(
    status: Status, error: String? = nil, ext: [String]? = nil, session: String? = nil, generation: Int? = nil,
    node: String? = nil, heartbeatMs: Int? = nil, resumeWindowMs: Int? = nil, window: Window? = nil,
    recovered: [Recovered]? = nil, lost: [Lost]? = nil
  ) {
    self.status = status
    self.error = error
    self.ext = ext
    self.session = session
    self.generation = generation
    self.node = node
    self.heartbeatMs = heartbeatMs
    self.resumeWindowMs = resumeWindowMs
    self.window = window
    self.recovered = recovered
    self.lost = lost
  }

  /// Bytes of payload that may be on their way without an acknowledgement.
  package struct Window: Codable, Hashable, Sendable {
    package var requestBytes: Int
    package var connectionBytes: Int

    package init(requestBytes: Int = 262_144, connectionBytes: Int = 4_194_304) {
      self.requestBytes = requestBytes
      self.connectionBytes = connectionBytes
    }
  }

  package struct Recovered: Codable, Hashable, Sendable {
    package var requestId: String
    package var attempt: Int
    package var committed: Int

    package init(requestId: String, attempt: Int, committed: Int) {
      self.requestId = requestId
      self.attempt = attempt
      self.committed = committed
    }
  }

  package struct Lost: Codable, Hashable, Sendable {
    package var requestId: String
    package var attempt: Int
    package var reason: String

    package init(requestId: String, attempt: Int, reason: String) {
      self.requestId = requestId
      self.attempt = attempt
      self.reason = reason
    }
  }
}
