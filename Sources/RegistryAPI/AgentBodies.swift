import FoundationSubset

/// Who may see and call an agent.
package enum AgentVisibility: String, Codable, Sendable, CaseIterable {
  case `public`
  /// Its owner, and those to whom it is shared.
  case `private`
}

/// An agent, as everybody who may see it sees it.
package struct AgentSummary: Codable, Sendable {
  /// A UUID in lower case.
  package var id: String
  package var name: String
  /// Unique among the agents of its author.
  package var slug: String
  package var author: String
  package var description: String?
  package var agentType: String
  package var visibility: AgentVisibility
  package var isOnline: Bool
  package var isPublished: Bool
  package var capabilities: [String]
  package var rateLimits: AgentLimits?
  package var avgRating: Double?
  package var ratingCount: Int?
  /// Installed in its project; only what the caller may read.
  package var skills: [AgentSkill]?
  package var createdAt: Date
  package var updatedAt: Date?

  package init(
    id: String, name: String, slug: String, author: String, description: String?, agentType: String,
    visibility: AgentVisibility, isOnline: Bool, isPublished: Bool, capabilities: [String],
    rateLimits: AgentLimits? = nil, avgRating: Double? = nil, ratingCount: Int? = nil, skills: [AgentSkill]? = nil,
    createdAt: Date, updatedAt: Date? = nil
  ) {
    self.id = id
    self.name = name
    self.slug = slug
    self.author = author
    self.description = description
    self.agentType = agentType
    self.visibility = visibility
    self.isOnline = isOnline
    self.isPublished = isPublished
    self.capabilities = capabilities
    self.rateLimits = rateLimits
    self.avgRating = avgRating
    self.ratingCount = ratingCount
    self.skills = skills
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}

/// What others may ask of an agent; 0 calls is no limit.
package struct AgentLimits: Codable, Sendable, Hashable {
  package var maxCallsPerHour: Int
  package var maxCallsPerUserPerDay: Int
  package var allowA2A: Bool

  package init(maxCallsPerHour: Int = 60, maxCallsPerUserPerDay: Int = 20, allowA2A: Bool = true) {
    self.maxCallsPerHour = maxCallsPerHour
    self.maxCallsPerUserPerDay = maxCallsPerUserPerDay
    self.allowA2A = allowA2A
  }
}

package struct AgentSkill: Codable, Sendable, Hashable {
  /// `author/slug`.
  package var reference: String
  package var version: String
  package var treeDigest: String
  package var description: String

  package init(reference: String, version: String, treeDigest: String, description: String) {
    self.reference = reference
    self.version = version
    self.treeDigest = treeDigest
    self.description = description
  }
}

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

/// `GET /api/agents/:id/access`: those to whom a private agent is shared.
package struct AgentGrants: Codable, Sendable {
  package struct Grant: Codable, Sendable {
    /// An account or an organisation.
    package var author: String
    package var grantedAt: Date

    package init(author: String, grantedAt: Date) {
      self.author = author
      self.grantedAt = grantedAt
    }
  }

  package var grants: [Grant]

  package init(grants: [Grant]) {
    self.grants = grants
  }
}

/// `POST` and `DELETE /api/agents/:id/access`.
package struct AgentGrantRequest: Codable, Sendable {
  package var author: String

  package init(author: String) {
    self.author = author
  }
}

/// `POST /api/developer/agents/:id/connect-ticket`: shown this once.
package struct ConnectTicketResponse: Codable, Sendable {
  package var ticket: String
  /// What `agent-mesh connect --setup` takes.
  package var url: String
  package var expiresAt: Date

  package init(ticket: String, url: String, expiresAt: Date) {
    self.ticket = ticket
    self.url = url
    self.expiresAt = expiresAt
  }
}

/// `GET` and `POST /api/connect/:ticket`: redeems it, once.
package struct ConnectTicketRedemption: Codable, Sendable {
  package var agentId: String
  package var token: String
  package var agentType: String
  package var bridgeUrl: String

  package init(agentId: String, token: String, agentType: String, bridgeUrl: String) {
    self.agentId = agentId
    self.token = token
    self.agentType = agentType
    self.bridgeUrl = bridgeUrl
  }
}
