import Skills

/// An agent about to be made.
package struct NewAgent: Sendable {
  /// Whose it is going to be; nil for the maker's own.
  package let author: AuthorName?
  package let name: String
  /// Nil for none.
  package let description: String?
  package let agentType: String
  package let visibility: AgentVisibilityKind
  package let capabilities: [String]
  package let limits: AgentLimitValues

  /// - Throws: `validationError` for what breaks a rule, by name.
  package init(
    author: AuthorName? = nil, name: String, description: String? = nil, agentType: String,
    visibility: AgentVisibilityKind = .private, capabilities: [String] = [], limits: AgentLimitValues = .standard
  ) throws(MeshError) {
    try AgentFields.checkName(name)
    try AgentFields.checkDescription(description ?? "")
    try AgentFields.checkType(agentType)
    try limits.check()
    self.author = author
    self.name = name
    self.description = description?.isEmpty == true ? nil : description
    self.agentType = agentType
    self.visibility = visibility
    self.capabilities = try AgentFields.distinctCapabilities(capabilities)
    self.limits = limits
  }
}
