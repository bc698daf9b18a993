import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Following authors.
struct SubscriptionPages: Sendable {
  let services: RegistryServices

  func list(_ call: Call, _ person: Person) async throws -> Reply {
    let subscriptions = try await services.accounts.subscriptions(of: person.account.id)
    let rows = subscriptions.map { subscription in
      let name = subscription.author.rawValue
      return SubscriptionsPage.Row(
        authorName: name, authorPath: Route.authorPage.path([name]), feedPath: Route.atomFeed.path([name]),
        displayName: subscription.displayName?.text ?? "", since: subscription.since.ISO8601Format(),
        unfollowPath: Route.authorUnfollow.path([name]))
    }
    let page = SubscriptionsPage(rows: rows, isEmpty: rows.isEmpty)
    return services.pages.reply(.subscriptions, "Subscriptions", page, for: person.visitor)
  }

  func follow(_ call: Call, _ person: Person) async throws -> Reply {
    let (name, id) = try await author(call)
    guard try await services.accounts.subscribe(person.account.id, toAuthor: id, at: services.now()) else {
      throw MeshError.unknownAuthor(name)
    }
    return try back(call, name, .followed)
  }

  func unfollow(_ call: Call, _ person: Person) async throws -> Reply {
    let (name, id) = try await author(call)
    try await services.accounts.unsubscribe(person.account.id, fromAuthor: id)
    return try back(call, name, .unfollowed)
  }

  private func author(_ call: Call) async throws -> (name: AuthorName, id: Int64) {
    let name = try call.authorName()
    guard let author = try await services.accounts.author(name) else { throw MeshError.unknownAuthor(name) }
    guard author.name == name else {
      throw MeshError(.notFound, "\(name) is called \(author.name) now", hint: "Open that page.")
    }
    if author.isDeleted { throw MeshError.unknownAuthor(name) }
    return (name, author.id)
  }

  /// To the page on which the button stands.
  private func back(_ call: Call, _ name: AuthorName, _ notice: Notice) throws -> Reply {
    let isList = try call.fields().one("next") == Route.subscriptionsPage.rawValue
    return .redirect(
      to: isList ? Route.subscriptionsPage.rawValue : Route.authorPage.path([name.rawValue]), saying: notice)
  }
}

extension FollowButton {
  /// Nil for whoever is not signed in, on one's own page, and where nothing new will come.
  init?(_ author: AuthorRecord, for visitor: Visitor, _ accounts: Accounts) async throws {
    guard let account = visitor.session?.account, account.authorID != author.id, !author.isDeleted else { return nil }
    let isFollowed = try await accounts.isSubscribed(account.id, toAuthor: author.id)
    let route: Route = isFollowed ? .authorUnfollow : .authorFollow
    self.init(followPath: route.path([author.name.rawValue]), followLabel: isFollowed ? "Unfollow" : "Follow")
  }
}
