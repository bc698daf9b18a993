import RegistryAPI
import RegistryStore
import Skills

/// Addresses of the caller that are called when something has happened.
struct WebhookRoutes: Sendable {
  let services: RegistryServices

  func list(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let webhooks = try await services.callbacks.webhooks(of: Self.account(of: caller))
    return try .json(OwnWebhooks(webhooks: webhooks.map(WebhookSummary.init)))
  }

  func subscribe(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let (account, request) = (try Self.account(of: caller), try call.json(WebhookRequest.self))
    let (webhook, key) = try await services.callbacks.subscribe(
      request.callbackUrl, events: Self.events(request.events ?? []), by: account,
      rotatesKey: request.rotateKey == true, for: call.client)
    var summary = WebhookSummary(webhook)
    summary.confirmedAt = services.now()
    let response = WebhookResponse(webhook: summary, signingKey: key.map(CallbackSignature.text))
    return try .json(response, status: .created)
  }

  func unsubscribe(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let (account, url) = (try Self.account(of: caller), try call.json(WebhookRemoval.self).callbackUrl)
    guard try await services.callbacks.unsubscribe(url, of: account) else {
      throw MeshError(.notFound, "'\(url, limit: 120)' is no address of the account")
    }
    return try .json(Confirmation("the address is called no more"))
  }

  /// - Throws: `forbidden` for the token of an author without an account.
  private static func account(of caller: Accounts.Identity) throws(MeshError) -> AccountID {
    if let account = caller.accountID { return account }
    throw MeshError(
      .forbidden, "the token is that of an author, and accounts have callbacks",
      hint: "Log in with an account: agent-mesh login")
  }

  private static func events(_ words: [String]) throws(MeshError) -> Set<WebhookEvent> {
    let known = WebhookEvent.allCases.map(\.rawValue)
    if let unknown = words.first(where: { !known.contains($0) }) {
      throw MeshError(
        .validationError, "'\(unknown, limit: 80)' is no event", hint: "Events are: \(known.joined(separator: ", ")).")
    }
    return Set(words.compactMap(WebhookEvent.init(rawValue:)))
  }
}

extension WebhookSummary {
  fileprivate init(_ webhook: Webhook) {
    self.init(
      callbackUrl: webhook.url, events: webhook.events.map(\.rawValue).sorted(), createdAt: webhook.createdAt,
      confirmedAt: webhook.confirmedAt)
  }
}
