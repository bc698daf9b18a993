import BridgeProtocol
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
  package var skills: [CarriedSkill]?
  package var createdAt: Date
  package var updatedAt: Date?

  package init(
    id: String, name: String, slug: String, author: String, description: String?, agentType: String,
    visibility: AgentVisibility, isOnline: Bool, isPublished: Bool, capabilities: [String],
    rateLimits: AgentLimits? = nil, avgRating: Double? = nil, ratingCount: Int? = nil, skills: [CarriedSkill]? = nil,
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
