import Skills

/// What is to change of an agent: what is nil stays.
package struct AgentUpdate: Sendable {
  package let name: String?
  /// Empty for none.
  package let description: String?
  package let agentType: String?
  package let visibility: AgentVisibilityKind?
  package let isPublished: Bool?
  package let capabilities: [String]?
  package let limits: AgentLimitValues?

  /// - Throws: `validationError` for what breaks a rule, by name.
  package init(
    name: String? = nil, description: String? = nil, agentType: String? = nil,
    visibility: AgentVisibilityKind? = nil, isPublished: Bool? = nil, capabilities: [String]? = nil,
    limits: AgentLimitValues? = nil
  ) throws(MeshError) {
    if let name { try AgentFields.checkName(name) }
    if let description { try AgentFields.checkDescription(description) }
    if let agentType { try AgentFields.checkType(agentType) }
    try limits?.check()
    self.name = name
    self.description = description
    self.agentType = agentType
    self.visibility = visibility
    self.isPublished = isPublished
    if let capabilities {
      self.capabilities = try AgentFields.distinctCapabilities(capabilities)
    } else {
      self.capabilities = nil
    }
    self.limits = limits
  }

  func apply(to agent: inout AgentRecord) {
    agent.name = name ?? agent.name
    if let description { agent.description = description.isEmpty ? nil : description }
    agent.agentType = agentType ?? agent.agentType
    agent.visibility = visibility ?? agent.visibility
    agent.isPublished = isPublished ?? agent.isPublished
    agent.capabilities = capabilities ?? agent.capabilities
    agent.limits = limits ?? agent.limits
  }
}
