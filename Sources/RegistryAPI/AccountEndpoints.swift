import Skills

/// What everybody may know of authors.
package enum PeopleEndpoint: EndpointGroup {
  package static let access = Access.open

  case lookup

  package var row: Endpoint {
    Endpoint(
      .get, .authorLookup, Self.access, answers: .json(AuthorSummary.self), errors: [.notFound, .validationError])
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
        .post, .tokens, takes: .json(TokenRequest.self), answers: .json(TokenResponse.self),
        errors: [.validationError, .forbidden])
    case .endToken: Self.change(.delete, .token, errors: [.notFound, .validationError, .forbidden])
    case .subscriptions:
      Endpoint(
        .get, .subscriptions, Self.access, .batch, rights: [.manage], answers: .json(OwnSubscriptions.self))
    case .subscribe: Self.change(.post, .authorSubscription, errors: [.notFound, .validationError])
    case .unsubscribe: Self.change(.delete, .authorSubscription, errors: [.notFound, .validationError])
    case .changeProfile:
      Self.change(
        .patch, .profile, takes: .json(ProfileChange.self), errors: [.validationError, .forbidden])
    }
  }

  private static func change(
    _ method: Endpoint.Method, _ route: Route, takes request: Payload = .none,
    answers response: Payload = .json(Confirmation.self), errors: [ErrorCode]
  ) -> Endpoint {
    Endpoint(
      method, route, access, .change, rights: [.manage], takes: request, answers: response,
      errors: errors + [.storageFull, .unavailable])
  }
}
