/// A sign of life of plain version 2.
package struct Heartbeat: Codable, Hashable, Sendable {
  /// Requests under way.
  package var activeSessions: Int
  /// Of the link.
  package var uptimeMs: Int

  package init(activeSessions: Int, uptimeMs: Int) {
    self.activeSessions = activeSessions
    self.uptimeMs = uptimeMs
  }
}

/// A sign of life, which the other side sends back as a pong.
package struct Ping: Codable, Hashable, Sendable {
  /// A time of the sender, in milliseconds; it means nothing to the other side.
  package var ts: Int

  package init(ts: Int) {
    self.ts = ts
  }
}

/// Says that all frames of an attempt up to a number are committed.
package struct Acknowledgement: Codable, Hashable, Sendable {
  package var requestId: String
  package var attempt: Int
  package var seq: Int

  package init(requestId: String, attempt: Int, seq: Int) {
    self.requestId = requestId
    self.attempt = attempt
    self.seq = seq
  }
}

/// Asks for the frames of an attempt from a number on.
package struct ResendRequest: Codable, Hashable, Sendable {
  package var requestId: String
  package var attempt: Int
  /// The number after the last one that is committed.
  package var from: Int

  package init(requestId: String, attempt: Int, from: Int) {
    self.requestId = requestId
    self.attempt = attempt
    self.from = from
  }
}

/// Gives back bytes of a window; without a request, of that of the connection.
package struct Credit: Codable, Hashable, Sendable {
  package var requestId: String?
  package var bytes: Int

  package init(requestId: String? = nil, bytes: Int) {
    self.requestId = requestId
    self.bytes = bytes
  }
}

/// Asks an agent to connect anew, and to end this connection then.
package struct GoAway: Codable, Hashable, Sendable {
  package var reason: String
  /// Before the new connection is opened.
  package var reconnectAfterMs: Int
  /// Until this connection is closed.
  package var deadlineMs: Int

  package init(reason: String, reconnectAfterMs: Int, deadlineMs: Int) {
    self.reason = reason
    self.reconnectAfterMs = reconnectAfterMs
    self.deadlineMs = deadlineMs
  }
}
