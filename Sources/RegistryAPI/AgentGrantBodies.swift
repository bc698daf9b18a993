import FoundationSubset

/// `GET /api/agents/:id/access`: those to whom a private agent is shared.
package struct AgentGrants: Codable, Sendable {
  package struct Grant: Codable, Sendable {
    /// An account or an organisation.
    package var author: String
    package var grantedAt: Date

    package init(author: String, grantedAt: Date) {
      self.author = author
      self.grantedAt = grantedAt
    }
  }

  package var grants: [Grant]

  package init(grants: [Grant]) {
    self.grants = grants
  }
}

/// `POST` and `DELETE /api/agents/:id/access`.
package struct AgentGrantRequest: Codable, Sendable {
  package var author: String

  package init(author: String) {
    self.author = author
  }
}
