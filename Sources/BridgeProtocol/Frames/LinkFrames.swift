package struct Heartbeat: Codable, Hashable, Sendable {
  package var activeSessions: Int
  package var uptimeMs: Int

  package init(activeSessions: Int, uptimeMs: Int) {
    self.activeSessions = activeSessions
    self.uptimeMs = uptimeMs
  }
}

package struct Ping: Codable, Hashable, Sendable {
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
  package var reconnectAfterMs: Int
  package var deadlineMs: Int

  package init(reason: String, reconnectAfterMs: Int, deadlineMs: Int) {
    self.reason = reason
    self.reconnectAfterMs = reconnectAfterMs
    self.deadlineMs = deadlineMs
  }
}

/// The skills that an agent has installed; each frame replaces the one before.
package struct CarriedSkills: Codable, Hashable, Sendable {
  package var skills: [CarriedSkill]

  package init(skills: [CarriedSkill]) {
    self.skills = skills
  }
}

package struct CarriedSkill: Codable, Hashable, Sendable {
  /// `author/slug`.
  package var reference: String
  package var version: String
  /// `t1:…`, of its tree.
  package var treeDigest: String
  package var description: String

  package init(reference: String, version: String, treeDigest: String, description: String) {
    self.reference = reference
    self.version = version
    self.treeDigest = treeDigest
    self.description = description
  }
}

package struct AgentDiscovery: Codable, Hashable, Sendable {
  package var capability: String?
  package var limit: Int?

  package init(capability: String? = nil, limit: Int? = nil) {
    self.capability = capability
    self.limit = limit
  }
}

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

package struct AgentCall: Codable, Hashable, Sendable {
  package var targetAgentId: String
  package var taskDescription: String
  package var callId: String?
  package var withFiles: Bool?

  package init(targetAgentId: String, taskDescription: String, callId: String? = nil, withFiles: Bool? = nil) {
    self.targetAgentId = targetAgentId
    self.taskDescription = taskDescription
    self.callId = callId
    self.withFiles = withFiles
  }
}

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

package struct AgentCallError: Codable, Hashable, Sendable {
  package var callId: String
  package var code: String
  package var message: String

  package init(callId: String, code: String, message: String) {
    self.callId = callId
    self.code = code
    self.message = message
  }
}

/// A step of a WebRTC handshake; its payload is JSON as text.
package struct OutgoingSignal: Codable, Hashable, Sendable {
  package var transferId: String
  package var targetAgentId: String
  package var signalType: String
  package var payload: String

  package init(transferId: String, targetAgentId: String, signalType: String, payload: String) {
    self.transferId = transferId
    self.targetAgentId = targetAgentId
    self.signalType = signalType
    self.payload = payload
  }
}

package struct RelayedSignal: Codable, Hashable, Sendable {
  package var transferId: String
  package var fromAgentId: String
  package var signalType: String
  package var payload: String
  package var clientId: String?
  package var iceServers: [IceServer]?

  package init(
    transferId: String, fromAgentId: String, signalType: String, payload: String, clientId: String? = nil,
    iceServers: [IceServer]? = nil
  ) {
    self.transferId = transferId
    self.fromAgentId = fromAgentId
    self.signalType = signalType
    self.payload = payload
    self.clientId = clientId
    self.iceServers = iceServers
  }
}

/// A server through which two sides of a transfer find each other.
package struct IceServer: Codable, Hashable, Sendable {
  package var urls: [String]
  package var username: String?
  package var credential: String?

  package init(urls: [String], username: String? = nil, credential: String? = nil) {
    self.urls = urls
    self.username = username
    self.credential = credential
  }

  private enum CodingKeys: String, CodingKey { case urls, username, credential }

  /// One address may stand without a list around it.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    do {
      urls = try fields.decode([String].self, forKey: .urls)
    } catch DecodingError.typeMismatch {
      urls = [try fields.decode(String.self, forKey: .urls)]
    }
    username = try fields.decodeIfPresent(String.self, forKey: .username)
    credential = try fields.decodeIfPresent(String.self, forKey: .credential)
  }
}
