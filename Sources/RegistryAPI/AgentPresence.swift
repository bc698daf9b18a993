import FoundationSubset

/// `GET /api/agents/:id/status`.
package struct AgentPresence: Codable, Sendable {
  package var online: Bool
  package var agentType: String?
  package var capabilities: [String]
  package var connectedAt: Date?
  package var lastHeartbeat: Date?
  package var activeSessions: Int

  package init(
    online: Bool, agentType: String? = nil, capabilities: [String] = [], connectedAt: Date? = nil,
    lastHeartbeat: Date? = nil, activeSessions: Int = 0
  ) {
    self.online = online
    self.agentType = agentType
    self.capabilities = capabilities
    self.connectedAt = connectedAt
    self.lastHeartbeat = lastHeartbeat
    self.activeSessions = activeSessions
  }
}
