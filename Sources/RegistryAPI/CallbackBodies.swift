import BridgeProtocol

/// What an address is sent when it is entered: it answers with the value of `challenge` as the whole body.
package struct WebhookChallenge: Codable, Sendable {
  package var type: String
  package var challenge: String

  package init(challenge: String) {
    type = "webhook.challenge"
    self.challenge = challenge
  }
}

/// How a task has ended, for the address that its caller has named.
package struct TaskCallback: Codable, Sendable {
  package var type: String
  package var requestId: String
  package var callId: String
  package var agentId: String
  package var status: TaskState
  package var result: String?
  package var attachments: [Attachment]?
  package var errorCode: String?
  package var errorMessage: String?
  package var durationMs: Int?
  package var sessionKey: String
  package var sessionTitle: String?
  package var userMessage: String?

  package init(requestId: String, callId: String, agentId: String, status: TaskState, sessionKey: String) {
    type = "task.ended"
    self.requestId = requestId
    self.callId = callId
    self.agentId = agentId
    self.status = status
    self.sessionKey = sessionKey
  }
}

/// An agent that the account has made.
package struct AgentCallback: Codable, Sendable {
  package var type: String
  package var agent: AgentSummary

  package init(agent: AgentSummary) {
    type = "agent.created"
    self.agent = agent
  }
}
