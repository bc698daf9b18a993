import Skills

extension Endpoint {
  /// The rows of pages about one agent.
  static let agentPages: [Endpoint] =
    AgentReaderPage.allCases.map(\.row) + AgentCallerPage.allCases.map(\.row) + AgentOwnerPage.allCases.map(\.row)
}

/// Pages for those who may see the agent.
package enum AgentReaderPage: EndpointGroup {
  package static let access = Access.visitingAgentReader

  case link, show

  package var row: Endpoint {
    switch self {
    // Leads to the page by name, which is the one to keep.
    case .link: Endpoint(.get, .agentLink, Self.access, answers: .none)
    case .show: Self.form(.agentPage)
    }
  }
}

/// Pages on which somebody talks to an agent.
package enum AgentCallerPage: EndpointGroup {
  package static let access = Access.callingPerson

  case chat, send, conversation, events, stop

  package var row: Endpoint {
    switch self {
    case .chat: Self.form(.chatPage)
    case .send: Self.submission(.chatPage, .call, errors: [.agentOffline, .payloadTooLarge, .unavailable])
    case .conversation: Endpoint(.get, .conversationPage, Self.access, .batch, answers: .page)
    // What the page itself reads: a cookie is nothing to the API.
    case .events: Endpoint(.get, .answerEvents, Self.access, answers: .events)
    case .stop: Self.submission(.answerStop, .call, errors: [.unavailable])
    }
  }
}

/// Pages on which owners change an agent.
package enum AgentOwnerPage: EndpointGroup {
  package static let access = Access.agentOwningPerson

  case show, change, publish, unpublish, deletion, delete, createTicket, grant, revoke, calls

  package var row: Endpoint {
    switch self {
    case .show: Self.form(.ownAgentPage)
    case .change: Self.change(.ownAgentPage)
    case .publish: Self.change(.agentPublication, errors: [.agentOffline])
    case .unpublish: Self.change(.agentWithdrawal)
    case .deletion: Self.form(.agentDeletion)
    case .delete: Self.change(.agentDeletion)
    case .createTicket: Self.change(.agentTicket)
    case .grant: Self.change(.agentSharing)
    case .revoke: Self.change(.agentSharingEnd)
    case .calls: Endpoint(.get, .agentCallsPage, Self.access, .batch, answers: .page, errors: [.validationError])
    }
  }

  private static func change(_ route: Route, errors: [ErrorCode] = []) -> Endpoint {
    submission(route, .change, errors: errors + [.unavailable])
  }
}
