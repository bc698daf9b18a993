import FoundationSubset

/// `POST /api/webhooks/subscribe`.
package struct WebhookRequest: Codable, Sendable {
  package var callbackUrl: String
  /// What is sent without being asked for, such as `agent.created`; the end of a task is sent to the address that its
  /// caller names.
  package var events: [String]?
  /// Whether the account gets a new key in the place of the one it has.
  package var rotateKey: Bool?

  package init(callbackUrl: String, events: [String]? = nil, rotateKey: Bool? = nil) {
    self.callbackUrl = callbackUrl
    self.events = events
    self.rotateKey = rotateKey
  }
}

/// `DELETE /api/webhooks/subscribe`.
package struct WebhookRemoval: Codable, Sendable {
  package var callbackUrl: String

  package init(callbackUrl: String) {
    self.callbackUrl = callbackUrl
  }
}

package struct WebhookSummary: Codable, Sendable {
  package var callbackUrl: String
  package var events: [String]
  package var createdAt: Date
  /// Nil until the address has answered its challenge.
  package var confirmedAt: Date?

  package init(callbackUrl: String, events: [String], createdAt: Date, confirmedAt: Date?) {
    self.callbackUrl = callbackUrl
    self.events = events
    self.createdAt = createdAt
    self.confirmedAt = confirmedAt
  }
}

package struct WebhookResponse: Codable, Sendable {
  package var webhook: WebhookSummary
  /// What callbacks of the account are signed with, as `whsec_…`: shown when it is made, and never again.
  package var signingKey: String?

  package init(webhook: WebhookSummary, signingKey: String?) {
    self.webhook = webhook
    self.signingKey = signingKey
  }
}

package struct OwnWebhooks: Codable, Sendable {
  package var webhooks: [WebhookSummary]

  package init(webhooks: [WebhookSummary]) {
    self.webhooks = webhooks
  }
}
