import RegistryAPI

/// A task that an agent has from us.
package struct AgentTask: Sendable, Hashable {
  package let agentId: String
  package let requestId: String
  package let callId: String
  /// The conversation that it belongs to.
  package let sessionKey: String?

  package init(agentId: String, requestId: String, callId: String, sessionKey: String?) {
    self.agentId = agentId
    self.requestId = requestId
    self.callId = callId
    self.sessionKey = sessionKey
  }

  init(_ submission: TaskSubmission, of agent: String) {
    self.init(
      agentId: agent, requestId: submission.requestId, callId: submission.callId, sessionKey: submission.sessionKey)
  }
}
