import Skills

/// Addresses of the caller that are called when something has happened.
package enum WebhookEndpoint: EndpointGroup {
  package static let access = Access.account

  case list, subscribe, unsubscribe

  package var row: Endpoint {
    switch self {
    case .list:
      Endpoint(
        .get, .webhooks, Self.access, .batch, rights: [.manage], answers: .json(OwnWebhooks.self),
        errors: [.forbidden])
    case .subscribe:
      Endpoint(
        .post, .webhooks, Self.access, .change, rights: [.manage], takes: .json(WebhookRequest.self),
        answers: .json(WebhookResponse.self),
        errors: [.validationError, .forbidden, .conflict, .storageFull, .unavailable])
    case .unsubscribe:
      Endpoint(
        .delete, .webhooks, Self.access, .change, rights: [.manage], takes: .json(WebhookRemoval.self),
        answers: .json(Confirmation.self), errors: [.notFound, .forbidden, .storageFull, .unavailable])
    }
  }
}
