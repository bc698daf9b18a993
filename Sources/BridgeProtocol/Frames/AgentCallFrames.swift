/// Asks which agents there are.
package struct AgentDiscovery: Codable, Hashable, Sendable {
  package var capability: String?
  /// At most 100.
  package var limit: Int?

  package init(capability: String? = nil, limit: Int? = nil) {
    self.capability = capability
    self.limit = limit
  }
}

/// The agents that the account of the agent may see.
package struct DiscoveredAgentList: Codable, Hashable, Sendable {
  package struct Agent: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var agentType: String
    package var capabilities: [String]
    package var isOnline: Bool

    package init(id: String, name: String, agentType: String, capabilities: [String], isOnline: Bool) {
      self.id = id
      self.name = name
      self.agentType = agentType
      self.capabilities = capabilities
      self.isOnline = isOnline
    }
  }

  package var agents: [Agent]

  package init(agents: [Agent]) {
    self.agents = agents
  }
}

/// Asks another agent, as the account whose token connected this one.
package struct AgentCall: Codable, Hashable, Sendable {
  /// A UUID.
  package var targetAgentId: String
  package var taskDescription: String
  /// Of the agent's own choice; it comes back with the answer.
  package var callId: String?
  package var withFiles: Bool?

  package init(targetAgentId: String, taskDescription: String, callId: String? = nil, withFiles: Bool? = nil) {
    self.targetAgentId = targetAgentId
    self.taskDescription = taskDescription
    self.callId = callId
    self.withFiles = withFiles
  }
}

/// A part of the answer of another agent.
package struct AgentCallChunk: Codable, Hashable, Sendable {
  package var callId: String
  package var delta: String
  package var kind: ChunkKind?

  package init(callId: String, delta: String, kind: ChunkKind? = nil) {
    self.callId = callId
    self.delta = delta
    self.kind = kind
  }
}

/// The end of the answer of another agent.
package struct AgentCallDone: Codable, Hashable, Sendable {
  package var callId: String
  package var attachments: [Attachment]?
  package var fileTransferOffer: FileTransferOffer?

  package init(callId: String, attachments: [Attachment]? = nil, fileTransferOffer: FileTransferOffer? = nil) {
    self.callId = callId
    self.attachments = attachments
    self.fileTransferOffer = fileTransferOffer
  }
}

/// Why another agent has not answered, or not to the end.
package struct AgentCallError: Codable, Hashable, Sendable {
  package var callId: String
  /// A `BridgeErrorCode`, or a code of the API.
  package var code: String
  package var message: String

  package init(callId: String, code: String, message: String) {
    self.callId = callId
    self.code = code
    self.message = message
  }
}
