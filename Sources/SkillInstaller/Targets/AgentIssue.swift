import Skills

/// Why agents would ignore an installed skill, or read it otherwise than it is written.
package struct AgentIssue: Sendable, Hashable, Codable {
  /// Identifiers, in the order of the table; empty for all agents.
  package let agents: [String]
  /// An error where the skill is not loaded, a warning where something of it does not count.
  package let severity: Severity
  package let message: String
  /// What to do about it, as an imperative sentence.
  package let remedy: String

  init(_ severity: Severity, for agents: [String] = [], _ message: String, remedy: String) {
    self.agents = agents
    self.severity = severity
    self.message = message
    self.remedy = remedy
  }

  /// The same for those of its agents that were chosen; nil when none was.
  package func among(_ chosen: [Agent]) -> AgentIssue? {
    let common = chosen.map(\.id).filter { agents.isEmpty || agents.contains($0) }
    return common.isEmpty ? nil : AgentIssue(severity, for: common, message, remedy: remedy)
  }
}
