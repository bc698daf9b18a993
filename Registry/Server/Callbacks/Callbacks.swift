import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Addresses of accounts that are called when something has happened, and the calls themselves.
struct Callbacks: Sendable {
  private let webhooks: Webhooks
  private let policy: CallbackGuard
  private let transport: CallbackTransport
  private let now: @Sendable () -> Date
  /// Challenges under way.
  private let challenges = AdmissionQueue(concurrency: 4, limit: 64, limitPerClient: 2)

  init(
    webhooks: Webhooks, policy: CallbackGuard, transport: CallbackTransport, now: @escaping @Sendable () -> Date
  ) {
    self.webhooks = webhooks
    self.policy = policy
    self.transport = transport
    self.now = now
  }

  init(_ configuration: RegistryConfiguration, webhooks: Webhooks, now: @escaping @Sendable () -> Date) {
    let origins = configuration.callbackOrigins
    let hosts = origins.filter { !$0.isSecure }.map { $0.host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")) }
    self.init(
      webhooks: webhooks, policy: CallbackGuard(privateOrigins: origins, resolve: SystemResolver().addresses),
      transport: CallbackTransport(insecureHosts: Set(hosts)), now: now)
  }

  func webhooks(of account: AccountID) async throws -> [Webhook] { try await webhooks.webhooks(of: account) }

  func unsubscribe(_ url: String, of account: AccountID) async throws -> Bool {
    try await webhooks.unsubscribe(url, of: account)
  }

  /// Enters an address once it has answered a challenge.
  ///
  /// - Parameter rotatesKey: Whether the account gets a new key in the place of the one it has.
  /// - Returns: The key that callbacks are signed with, where it is a new one.
  /// - Throws: `validationError` for an address that may not be called, or does not answer as it should;
  ///   `unavailable`; `tooManyRequests`; `QuotaRefusal`.
  func subscribe(
    _ url: String, events: Set<WebhookEvent>, by account: AccountID, rotatesKey: Bool, for client: Client
  ) async throws -> (webhook: Webhook, key: Secret?) {
    let subscription = try WebhookSubscription(url: url, events: events)
    let target = try CallbackURL(parsing: url)
    return try await challenges.run(for: client) {
      let address = try await policy.destination(of: target)
      let (webhook, challenge) = try await webhooks.subscribe(subscription, by: account, at: now())
      try await demandAnswer(to: challenge, from: target, at: address)
      guard try await webhooks.confirm(webhook.id, answering: challenge, at: now()) else {
        throw MeshError(.conflict, "the address was entered anew meanwhile", hint: "Try again.")
      }
      let key: Secret? =
        if rotatesKey {
          try await webhooks.createKey(of: account, at: now())
        } else {
          try await webhooks.createFirstKey(of: account, at: now())
        }
      return (webhook, key)
    }
  }

  private func demandAnswer(to challenge: Secret, from url: CallbackURL, at address: IPAddress) async throws {
    let body = try WireCoding.encode(WebhookChallenge(challenge: challenge.text))
    let response: CallbackTransport.Response
    do throws(CallbackFailure) {
      response = try await transport.post(body, to: url, at: address)
    } catch {
      throw Self.unanswered("\(error.reason)")
    }
    guard response.isSuccess else { throw Self.unanswered("it answered with status \(response.status)") }
    let answer = String(decoding: response.body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard answer == challenge.text else { throw Self.unanswered("it answered with something else") }
  }

  private static func unanswered(_ reason: Message) -> MeshError {
    MeshError(
      .validationError, "the address has not answered its challenge: \(reason)",
      hint: "Answer the POST within 10 seconds with the value of 'challenge' as the whole body.")
  }
}

// MARK: - What is sent

extension Callbacks {
  /// - Throws: `validationError` for an address that is none of the account, or has not answered its challenge.
  func demandConfirmed(_ url: String, of account: AccountID?) async throws {
    if let account, try await webhooks.isConfirmed(url, of: account) { return }
    throw MeshError(
      .validationError, "'\(url, limit: 120)' is no confirmed address of the account",
      hint: "Enter it first: POST \(Route.webhooks.rawValue)")
  }

  /// Has an event sent to every address of an account that wants those of its kind.
  func announce(_ agent: AgentSummary, to account: AccountID) async throws {
    let body = String(decoding: try WireCoding.encode(AgentCallback(agent: agent)), as: UTF8.self)
    try await webhooks.enqueue(.agentCreated, body: body, for: account, at: now())
  }

  /// Has the end of a task sent to the address that its caller has named, once, however often this is called.
  func report(_ task: TaskRecord, to account: AccountID, from log: TaskLog) async throws {
    let body = try await TaskCallback.text(of: task, from: log)
    try await webhooks.enqueue(
      .taskEnded, body: body, for: account, to: task.callbackURL, about: task.requestID, at: now())
  }

  /// Calls that are to be made now, of other accounts than those.
  func due(limit: Int, except busy: Set<AccountID>) async throws -> [WebhookDelivery] {
    try await webhooks.takeDue(limit: limit, at: now(), except: busy)
  }

  /// Makes a call; what becomes of it is left for the next attempt where it has failed.
  ///
  /// - Returns: Why it has failed; nil for well.
  func deliver(_ delivery: WebhookDelivery) async throws -> String? {
    let failure = await attempt(delivery)
    try await webhooks.finish(delivery, isDelivered: failure == nil, at: now())
    return failure
  }

  private func attempt(_ delivery: WebhookDelivery) async -> String? {
    guard let key = delivery.key else { return "the account has no key" }
    do {
      let url = try CallbackURL(parsing: delivery.url)
      let address = try await policy.destination(of: url)
      let fields = CallbackSignature.fields(id: delivery.id, at: now(), body: delivery.body, key: key)
      let response = try await transport.post(Array(delivery.body.utf8), to: url, at: address, fields: fields)
      return response.isSuccess ? nil : "status \(response.status)"
    } catch let error as MeshError {
      return error.code.wire
    } catch let error as CallbackFailure {
      return error.reason
    } catch {
      return "\(error)"
    }
  }
}
