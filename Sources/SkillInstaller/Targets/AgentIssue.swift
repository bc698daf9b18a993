import Skills

/// Why agents would ignore an installed skill, or read it otherwise than it is written.
package struct AgentIssue: Sendable, Hashable {
  /// Identifiers, in the order of the table; empty for all agents.
  package private(set) var agents: [String]
  /// An error where the skill is not loaded, a warning where something of it does not count.
  package let severity: Severity
  /// Safe for a terminal, as the remedy is.
  package let message: String
  /// What to do about it, as an imperative sentence.
  package let remedy: String

  init(_ severity: Severity, for agents: [String] = [], _ message: Message, remedy: Message) {
    self.agents = agents
    self.severity = severity
    self.message = message.description
    self.remedy = remedy.description
  }

  /// The same for those of its agents that were chosen; nil when none was.
  package func among(_ chosen: [Agent]) -> AgentIssue? {
    var issue = self
    issue.agents = chosen.map(\.id).filter { agents.isEmpty || agents.contains($0) }
    return issue.agents.isEmpty ? nil : issue
  }
}
