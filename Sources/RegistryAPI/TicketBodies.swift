import FoundationSubset

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
