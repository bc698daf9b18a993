import BridgeProtocol

/// `POST /api/relay`.
package struct RelayRequest: Codable, Sendable {
  package var agentId: String
  package var sessionId: String
  /// One that is in use is a conflict.
  package var requestId: String
  package var content: String
  package var attachments: [Attachment]?
  /// `^[A-Za-z0-9_-]{1,64}$`.
  package var clientId: String?
  package var withFiles: Bool?
  package var mode: CallMode?
  /// Where the end of an async request is reported: a confirmed address of the account that owns the agent.
  package var callbackUrl: String?

  package init(
    agentId: String, sessionId: String, requestId: String, content: String, attachments: [Attachment]? = nil,
    clientId: String? = nil, withFiles: Bool? = nil, mode: CallMode? = nil, callbackUrl: String? = nil
  ) {
    self.agentId = agentId
    self.sessionId = sessionId
    self.requestId = requestId
    self.content = content
    self.attachments = attachments
    self.clientId = clientId
    self.withFiles = withFiles
    self.mode = mode
    self.callbackUrl = callbackUrl
  }
}

/// What a relayed request that nobody waits for became.
package struct RelayAcceptance: Codable, Sendable {
  package var accepted: Bool
  package var requestId: String

  package init(requestId: String) {
    accepted = true
    self.requestId = requestId
  }
}

/// `POST /api/cancel`.
package struct RelayCancellation: Codable, Sendable {
  package var agentId: String
  package var sessionId: String
  package var requestId: String

  package init(agentId: String, sessionId: String, requestId: String) {
    self.agentId = agentId
    self.sessionId = sessionId
    self.requestId = requestId
  }
}

package struct RelayCancelled: Codable, Sendable {
  package var success: Bool
  package var sessionId: String
  package var requestId: String

  package init(sessionId: String, requestId: String) {
    success = true
    self.sessionId = sessionId
    self.requestId = requestId
  }
}

/// `POST /api/disconnect`.
package struct AgentDisconnection: Codable, Sendable {
  package var agentId: String

  package init(agentId: String) {
    self.agentId = agentId
  }
}

package struct AgentDisconnected: Codable, Sendable {
  package var success: Bool
  package var wasOnline: Bool

  package init(wasOnline: Bool) {
    success = true
    self.wasOnline = wasOnline
  }
}

/// `POST /api/a2a/call`: one agent asks another.
package struct PlatformCall: Codable, Sendable {
  package var callerAgentId: String
  package var targetAgentId: String
  package var taskDescription: String

  package init(callerAgentId: String, targetAgentId: String, taskDescription: String) {
    self.callerAgentId = callerAgentId
    self.targetAgentId = targetAgentId
    self.taskDescription = taskDescription
  }
}

/// `POST /api/agents-by-token`: who is connected by a token.
package struct TokenConnectionQuery: Codable, Sendable {
  /// SHA-256 of the token, 64 hexadecimal digits.
  package var tokenHash: String

  package init(tokenHash: String) {
    self.tokenHash = tokenHash
  }
}

package struct TokenConnections: Codable, Sendable {
  package struct Agent: Codable, Sendable {
    package var agentId: String
    package var agentType: String

    package init(agentId: String, agentType: String) {
      self.agentId = agentId
      self.agentType = agentType
    }
  }

  package var agents: [Agent]

  package init(agents: [Agent]) {
    self.agents = agents
  }
}
