import Skills

/// What everybody may know of authors, and tell of tokens that are in the open.
package enum PeopleEndpoint: EndpointGroup {
  package static let access = Access.open

  case lookup, atomFeed, jsonFeed, reportSecrets

  package var row: Endpoint {
    switch self {
    case .lookup:
      Endpoint(
        .get, .authorLookup, Self.access, answers: .json(AuthorSummary.self), errors: [.notFound, .validationError])
    case .atomFeed: Self.feed(.atomFeed, .file)
    case .jsonFeed: Self.feed(.jsonFeed, .json(JSONFeed.self))
    case .reportSecrets:
      Endpoint(
        .post, .secretReport, Self.access, .secretReport, takes: .json([SecretReport].self),
        answers: .json(Confirmation.self), errors: [.validationError, .storageFull])
    }
  }

  private static func feed(_ route: Route, _ response: Payload) -> Endpoint {
    Endpoint(
      .get, route, access, .batch, caching: .revalidated, answers: response,
      errors: [.notFound, .validationError, .invalidRequest, .forbidden])
  }
}

/// What people keep in their account.
package enum PersonalEndpoint: EndpointGroup {
  package static let access = Access.account

  case tokens, createToken, endToken, subscriptions, subscribe, unsubscribe, changeProfile

  package var row: Endpoint {
    switch self {
    case .tokens:
      Endpoint(
        .get, .tokens, Self.access, .batch, rights: [.manage], answers: .json(OwnTokens.self), errors: [.forbidden])
    case .createToken:
      Self.change(
        .post, .tokens, .token, takes: .json(TokenRequest.self), answers: .json(TokenResponse.self),
        errors: [.validationError, .forbidden, .conflict])
    case .endToken: Self.change(.delete, .token, errors: [.notFound, .invalidRequest, .forbidden])
    case .subscriptions:
      Endpoint(
        .get, .subscriptions, Self.access, .batch, rights: [.manage], answers: .json(OwnSubscriptions.self),
        errors: [.forbidden])
    case .subscribe:
      Self.change(.post, .authorSubscription, errors: [.notFound, .invalidRequest, .forbidden, .conflict])
    case .unsubscribe: Self.change(.delete, .authorSubscription, errors: [.notFound, .invalidRequest, .forbidden])
    case .changeProfile:
      Self.change(
        .patch, .profile, takes: .json(ProfileChange.self), errors: [.validationError, .forbidden])
    }
  }

  private static func change(
    _ method: Endpoint.Method, _ route: Route, _ rate: RateClass = .change, takes request: Payload = .none,
    answers response: Payload = .json(Confirmation.self), errors: [ErrorCode]
  ) -> Endpoint {
    Endpoint(
      method, route, access, rate, rights: [.manage], takes: request, answers: response,
      errors: errors + [.storageFull, .unavailable])
  }
}
