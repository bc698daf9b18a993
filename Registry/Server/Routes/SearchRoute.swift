import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// `GET /api/search`: skills by words of their names, authors and descriptions.
struct SearchRoute: Sendable {
  let services: RegistryServices

  private static let defaultLimit = 20

  func search(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.caller(of: request)
    let parameters = request.uri.queryParameters
    let query = try Self.query(parameters["q"])
    let limit = try Self.limit(parameters["limit"])
    var owner: AuthorName?
    if let name = parameters["owner"], !name.isEmpty { owner = try AuthorName(parsing: String(name)) }
    let found = try await services.store.catalog.search(
      query, in: SearchScope(reader: caller?.authorID, owner: owner, limit: limit))
    return try Responses.json(SearchResponse(skills: found.map(SearchResponse.Hit.init)))
  }

  private static func query(_ text: Substring?) throws -> SearchQuery {
    let text = text ?? ""
    guard text.unicodeScalars.count <= SearchResponse.maximumQueryCharacters else {
      throw MeshError(
        .validationError, "a search has at most \(SearchResponse.maximumQueryCharacters) characters",
        hint: "Search for fewer words.")
    }
    return SearchQuery(String(text))
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
      isPrivate: found.skill.isPrivate, updatedAt: found.skill.updatedAt)
  }
}
