import RegistryAPI
import Skills

extension RegistryClient {
  /// - Throws: `notFound` when there is no author of that name.
  package func author(_ name: AuthorName) async throws -> AuthorSummary {
    let path = Route.authorLookup.path([]) + "?login=\(PercentEncoding.component(name.rawValue))"
    return try await get(AuthorSummary.self, path)
  }

  /// Follows an author; once more changes nothing.
  package func subscribe(to author: AuthorSummary) async throws {
    _ = try await send(makeRequest(.post, Route.authorSubscription.path([author.id])))
  }

  /// Stops following an author.
  package func unsubscribe(from author: AuthorSummary) async throws {
    _ = try await send(makeRequest(.delete, Route.authorSubscription.path([author.id])))
  }

  package func subscriptions() async throws -> [OwnSubscriptions.Entry] {
    try await get(OwnSubscriptions.self, Route.subscriptions.path([])).subscriptions
  }

  /// Makes `email` the address that everybody sees.
  package func change(email: String) async throws {
    _ = try await send(makeRequest(.patch, Route.profile.path([]), ProfileChange(email: email)))
  }
}
