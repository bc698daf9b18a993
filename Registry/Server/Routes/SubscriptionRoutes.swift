import RegistryAPI
import RegistryStore
import Skills

/// Whom an account follows, which gives it no rights.
struct SubscriptionRoutes: Sendable {
  let services: RegistryServices

  func list(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let followed = try await services.accounts.subscriptions(of: Self.account(of: caller))
    return try .json(OwnSubscriptions(subscriptions: followed.map(OwnSubscriptions.Entry.init)))
  }

  func subscribe(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let (account, author) = (try Self.account(of: caller), try Self.author(call))
    guard try await services.accounts.subscribe(account, toAuthor: author, at: services.now()) else {
      throw MeshError(.notFound, "there is no author with the number \(author)")
    }
    return try .json(Confirmation("the author is followed"))
  }

  func unsubscribe(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    try await services.accounts.unsubscribe(Self.account(of: caller), fromAuthor: Self.author(call))
    return try .json(Confirmation("the author is not followed"))
  }

  /// - Throws: `forbidden` for the token of an author without an account.
  private static func account(of caller: Accounts.Identity) throws(MeshError) -> AccountID {
    if let account = caller.accountID { return account }
    throw MeshError(
      .forbidden, "the token is that of an author, and accounts follow authors",
      hint: "Log in with an account: agent-mesh login")
  }

  private static func author(_ call: Call) throws -> Int64 { try call.number("id") }
}

extension OwnSubscriptions.Entry {
  fileprivate init(_ subscription: Subscription) {
    let author = AuthorSummary(
      id: "\(subscription.authorID)", login: subscription.author.rawValue, name: subscription.displayName?.text)
    self.init(author: author, createdAt: subscription.since)
  }
}
