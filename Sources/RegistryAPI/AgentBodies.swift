/// `GET /api/developer/agents`.
package struct OwnAgents: Codable, Sendable {
  package var agents: [AgentSummary]
  package var authorLogin: String?

  package init(agents: [AgentSummary], authorLogin: String?) {
    self.agents = agents
    self.authorLogin = authorLogin
  }
}

/// `POST /api/developer/agents`.
package struct AgentCreation: Codable, Sendable {
  package var name: String
  package var description: String?
  package var agentType: String
  package var visibility: AgentVisibility?
  package var capabilities: [String]?
  /// The organisation whose it is going to be; the caller's own where it is left out.
  package var author: String?

  package init(
    name: String, description: String? = nil, agentType: String, visibility: AgentVisibility? = nil,
    capabilities: [String]? = nil, author: String? = nil
  ) {
    self.author = author
    self.name = name
    self.description = description
    self.agentType = agentType
    self.visibility = visibility
    self.capabilities = capabilities
  }
}

/// `PUT /api/developer/agents/:id`, and `PATCH /api/agents/:id/settings`: what is left out stays.
package struct AgentChange: Codable, Sendable {
  package var name: String?
  package var agentType: String?
  package var description: String?
  package var visibility: AgentVisibility?
  package var capabilities: [String]?
  package var isPublished: Bool?
  package var rateLimits: AgentLimits?

  package init(
    name: String? = nil, agentType: String? = nil, description: String? = nil, visibility: AgentVisibility? = nil,
    capabilities: [String]? = nil, isPublished: Bool? = nil, rateLimits: AgentLimits? = nil
  ) {
    self.name = name
    self.agentType = agentType
    self.description = description
    self.visibility = visibility
    self.capabilities = capabilities
    self.isPublished = isPublished
    self.rateLimits = rateLimits
  }
}

package struct AgentResponse: Codable, Sendable {
  package var success: Bool
  package var agent: AgentSummary

  package init(agent: AgentSummary) {
    success = true
    self.agent = agent
  }
}

/// `GET /api/agents/discover`.
package struct DiscoveredAgents: Codable, Sendable {
  package var agents: [AgentSummary]
  package var total: Int
  package var limit: Int
  package var offset: Int

  package init(agents: [AgentSummary], total: Int, limit: Int, offset: Int) {
    self.agents = agents
    self.total = total
    self.limit = limit
    self.offset = offset
  }
}
