import BridgeProtocol
import RegistryAPI
import RegistryStore

extension AgentSummary {
  /// - Parameter isOnline: Whether it is connected at this moment.
  init(_ record: AgentRecord, isOnline: Bool) {
    self.init(
      id: record.id.rawValue, name: record.name, slug: record.slug, author: record.author.rawValue,
      description: record.description, agentType: record.agentType,
      visibility: record.visibility == .private ? .private : .public, isOnline: isOnline,
      isPublished: record.isPublished, capabilities: record.capabilities, rateLimits: AgentLimits(record.limits),
      avgRating: record.averageRating, ratingCount: record.ratingCount, skills: record.skills.map(CarriedSkill.init),
      createdAt: record.createdAt, updatedAt: record.updatedAt)
  }
}

extension AgentLimits {
  fileprivate init(_ values: AgentLimitValues) {
    self.init(
      maxCallsPerHour: values.maxCallsPerHour, maxCallsPerUserPerDay: values.maxCallsPerUserPerDay,
      allowA2A: values.allowA2A)
  }
}

extension CarriedSkill {
  fileprivate init(_ record: CarriedSkillRecord) {
    self.init(
      reference: record.skill.description, version: record.version.description, treeDigest: record.treeDigest,
      description: record.description)
  }
}

extension RegistryServices {
  /// An agent as clients see it at this moment.
  func summary(_ agent: AgentRecord) -> AgentSummary {
    AgentSummary(agent, isOnline: bridge.isOnline(agent.id.rawValue))
  }
}
