/// The answer to the first frame.
package struct RegistrationResponse: Codable, Hashable, Sendable {
  /// Whether the agent is online now.
  package enum Status: String, Codable, Sendable { case ok, error }

  package var status: Status
  /// Why it is not; all that follows is absent then, and for plain version 2.
  package var error: String?
  package var ext: [String]?
  package var session: String?
  /// Grows with each registration of the agent.
  package var generation: Int?
  package var node: String?
  /// Between the pings of the agent.
  package var heartbeatMs: Int?
  /// For an agent whose connection was lost, until its requests fail.
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

  /// An attempt that goes on.
  package struct Recovered: Codable, Hashable, Sendable {
    package var requestId: String
    package var attempt: Int
    /// The agent sends again what comes after this number.
    package var committed: Int

    package init(requestId: String, attempt: Int, committed: Int) {
      self.requestId = requestId
      self.attempt = attempt
      self.committed = committed
    }
  }

  /// An attempt that does not go on: the agent stops and forgets it.
  package struct Lost: Codable, Hashable, Sendable {
    package var requestId: String
    package var attempt: Int
    /// `unknown`, `ended` or `gap`.
    package var reason: String

    package init(requestId: String, attempt: Int, reason: String) {
      self.requestId = requestId
      self.attempt = attempt
      self.reason = reason
    }
  }
}
