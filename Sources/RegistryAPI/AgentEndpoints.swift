import Skills

extension Endpoint {
  /// The rows about agents, and about what they are asked.
  static let agents: [Endpoint] =
    AgentDirectoryEndpoint.allCases.map(\.row) + OwnAgentsEndpoint.allCases.map(\.row)
    + OwnedAgentEndpoint.allCases.map(\.row) + VisitedAgentEndpoint.allCases.map(\.row)
    + CalledAgentEndpoint.allCases.map(\.row) + PlatformEndpoint.allCases.map(\.row)
    + WebhookEndpoint.allCases.map(\.row)
}

/// Which agents there are, and the ticket by which one is connected.
package enum AgentDirectoryEndpoint: EndpointGroup {
  package static let access = Access.open

  case discover, lookup, redeemTicket, followTicket

  package var row: Endpoint {
    switch self {
    case .discover:
      Endpoint(
        .get, .discover, Self.access, .search, answers: .json(DiscoveredAgents.self), errors: [.validationError])
    case .lookup:
      Endpoint(
        .get, .agentLookup, Self.access, answers: .json(AgentSummary.self), errors: [.notFound, .validationError])
    case .redeemTicket: Self.redemption(.post)
    // Older programs redeem it so.
    case .followTicket: Self.redemption(.get)
    }
  }

  /// A ticket is a one-time link, and counts as one.
  private static func redemption(_ method: Endpoint.Method) -> Endpoint {
    Endpoint(
      method, .ticketRedemption, access, .signIn, answers: .json(ConnectTicketRedemption.self),
      errors: [.notFound, .invalidRequest, .conflict, .storageFull, .unavailable])
  }
}

/// The agents of the caller.
package enum OwnAgentsEndpoint: EndpointGroup {
  package static let access = Access.account

  case list, create

  package var row: Endpoint {
    switch self {
    case .list:
      Endpoint(
        .get, .ownAgents, Self.access, .batch, rights: OwnedAgentEndpoint.readers, answers: .json(OwnAgents.self),
        errors: [.forbidden])
    case .create:
      Endpoint(
        .post, .ownAgents, Self.access, .change, rights: [.manage], takes: .json(AgentCreation.self),
        answers: .json(AgentResponse.self),
        errors: [.validationError, .forbidden, .conflict, .storageFull, .unavailable])
    }
  }
}

/// What an owner does with one agent.
package enum OwnedAgentEndpoint: EndpointGroup {
  package static let access = Access.agentOwner

  case show, update, delete, settings, createTicket, disconnect, grants, grant, revoke

  /// What a token needs one of that only looks.
  static let readers: [TokenRight] = [.manage, .connectAgent, .call]

  package var row: Endpoint {
    switch self {
    case .show:
      Endpoint(.get, .ownAgent, Self.access, rights: Self.readers, answers: .json(AgentSummary.self))
    case .update: Self.update(.put, .ownAgent)
    case .delete: Self.change(.delete, .ownAgent)
    case .settings: Self.update(.patch, .agentSettings)
    case .createTicket:
      Self.change(.post, .connectTicket, answers: .json(ConnectTicketResponse.self), errors: [.conflict])
    case .disconnect: Self.change(.post, .agentDisconnection)
    case .grants:
      Endpoint(.get, .agentAccess, Self.access, rights: [.manage], answers: .json(AgentGrants.self))
    case .grant:
      Self.change(
        .post, .agentAccess, takes: .json(AgentGrantRequest.self), errors: [.validationError, .conflict])
    case .revoke:
      Self.change(.delete, .agentAccess, takes: .json(AgentGrantRequest.self), errors: [.validationError])
    }
  }

  private static func update(_ method: Endpoint.Method, _ route: Route) -> Endpoint {
    change(
      method, route, takes: .json(AgentChange.self), answers: .json(AgentResponse.self),
      errors: [.validationError, .conflict, .agentOffline])
  }

  private static func change(
    _ method: Endpoint.Method, _ route: Route, takes request: Payload = .none,
    answers response: Payload = .json(Confirmation.self), errors: [ErrorCode] = []
  ) -> Endpoint {
    Endpoint(
      method, route, access, .change, rights: [.manage], takes: request, answers: response,
      errors: errors + [.storageFull, .unavailable])
  }
}

/// What those know of an agent who may see it.
package enum VisitedAgentEndpoint: EndpointGroup {
  package static let access = Access.agentReader

  case status, statistics

  package var row: Endpoint {
    switch self {
    case .status: Endpoint(.get, .agentStatus, Self.access, answers: .json(AgentPresence.self))
    case .statistics:
      Endpoint(
        .get, .agentStatistics, Self.access, .batch, answers: .json(AgentStatistics.self), errors: [.validationError])
    }
  }
}

/// Asking an agent, and what comes of it.
package enum CalledAgentEndpoint: EndpointGroup {
  package static let access = Access.agentCaller

  case call, chat, taskStatus, taskEvents, cancelTask, conversations, rate, signal

  package var row: Endpoint {
    switch self {
    case .call: Self.submission(.agentCall, takes: .json(CallRequest.self))
    case .chat: Self.submission(.agentChat, takes: .json(ChatRequest.self))
    case .taskStatus: Self.read(.taskStatus, .poll, .json(TaskStatus.self))
    case .taskEvents: Self.read(.taskEvents, .read, .events)
    case .cancelTask:
      Endpoint(
        .post, .taskCancellation, Self.access, .call, rights: [.call], answers: .json(Confirmation.self),
        errors: [.storageFull, .unavailable])
    case .conversations: Self.read(.agentConversations, .batch, .json(OwnConversations.self))
    case .rate:
      Endpoint(
        .post, .agentRating, Self.access, .change, rights: [.call], takes: .json(RatingRequest.self),
        answers: .json(Confirmation.self), errors: [.validationError, .conflict, .storageFull, .unavailable])
    case .signal:
      Endpoint(
        .post, .agentSignal, Self.access, .poll, rights: [.call], takes: .json(SignalRequest.self),
        answers: .json(SignalResponse.self), errors: [.validationError, .agentOffline])
    }
  }

  private static func submission(_ route: Route, takes request: Payload) -> Endpoint {
    Endpoint(
      .post, route, access, .call, rights: [.call], takes: request, answers: .json(TaskSubmission.self),
      errors: [.validationError, .conflict, .agentOffline, .storageFull, .unavailable])
  }

  private static func read(_ route: Route, _ rate: RateClass, _ response: Payload) -> Endpoint {
    Endpoint(.get, route, access, rate, rights: [.call], answers: response, errors: [.unavailable])
  }
}

/// What a platform asks that speaks for its own people, as version 2 of the protocol has it.
package enum PlatformEndpoint: EndpointGroup {
  package static let access = Access.platform

  case relay, cancel, disconnect, call, taskStatus, connections, signal

  package var row: Endpoint {
    switch self {
    case .relay: Self.change(.platformRelay, takes: RelayRequest.self, answers: .json(RelayAcceptance.self))
    case .cancel:
      Self.change(.platformCancellation, takes: RelayCancellation.self, answers: .json(RelayCancelled.self))
    case .disconnect:
      Self.change(.platformDisconnection, takes: AgentDisconnection.self, answers: .json(AgentDisconnected.self))
    case .call: Self.change(.platformCall, takes: PlatformCall.self, answers: .events)
    case .taskStatus:
      Endpoint(
        .get, .platformTaskStatus, Self.access, .poll, answers: .json(TaskStatus.self),
        errors: [.validationError, .unavailable])
    case .connections:
      Endpoint(
        .post, .platformConnections, Self.access, .poll, takes: .json(TokenConnectionQuery.self),
        answers: .json(TokenConnections.self), errors: [.validationError])
    case .signal:
      Endpoint(
        .post, .platformSignal, Self.access, .poll, takes: .json(PlatformSignalRequest.self),
        answers: .json(PlatformSignalResponse.self), errors: [.validationError, .agentOffline])
    }
  }

  private static func change(
    _ route: Route, takes request: any (Codable & Sendable).Type, answers response: Payload
  ) -> Endpoint {
    Endpoint(
      .post, route, access, .call, takes: .json(request), answers: response,
      errors: [.validationError, .conflict, .agentOffline, .rateLimited, .storageFull, .unavailable])
  }
}
