import RegistryAPI
import RegistryStore
import Skills

/// `GET /api/search`: skills by words of their names, authors and descriptions.
struct SearchRoutes: Sendable {
  let services: RegistryServices

  private static let defaultLimit = 20

  func search(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let query = try Self.query(call.parameters["q"] ?? "")
    let scope = SearchScope(
      reader: caller.reader, owner: try Self.owner(call.parameters["owner"]),
      limit: try Self.limit(call.parameters["limit"]))
    let found = try await services.catalog.search(query, in: scope)
    return try .json(SearchResponse(skills: found.map(SearchResponse.Hit.init)))
  }

  /// What is looked for, here and on the page.
  ///
  /// - Throws: `validationError` for more than a search may have.
  static func query(_ text: some StringProtocol) throws -> SearchQuery {
    guard text.unicodeScalars.count <= SearchResponse.maximumQueryCharacters else {
      throw MeshError(
        .validationError, "a search has at most \(SearchResponse.maximumQueryCharacters) characters",
        hint: "Search for fewer words.")
    }
    return SearchQuery(String(text))
  }

  private static func owner(_ text: Substring?) throws -> AuthorName? {
    guard let text, !text.isEmpty else { return nil }
    return try AuthorName(parsing: String(text))
  }

  private static func limit(_ text: Substring?) throws -> Int {
    guard let text, !text.isEmpty else { return defaultLimit }
    guard let limit = Int(text), (1...SearchResponse.maximumResults).contains(limit) else {
      throw MeshError(.validationError, "limit is a number from 1 to \(SearchResponse.maximumResults)")
    }
    return limit
  }
}

extension SearchResponse.Hit {
  fileprivate init(_ found: FoundSkill) {
    self.init(
      name: found.skill.name, id: found.skill.uid, version: found.version, description: found.description,
      isPrivate: found.skill.isPrivate, updatedAt: found.skill.updatedAt, installs: found.downloadCount)
  }
}
