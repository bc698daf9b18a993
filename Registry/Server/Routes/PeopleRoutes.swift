import RegistryAPI
import RegistryStore
import Skills

/// Who authors are.
struct PeopleRoutes: Sendable {
  let services: RegistryServices

  /// By a name that the author has or had.
  func lookup(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let name = try AuthorName(parsing: String(call.parameters["login"] ?? ""))
    guard let author = try await services.accounts.author(name), !author.isDeleted else {
      throw MeshError.unknownAuthor(name)
    }
    return try .json(
      AuthorSummary(id: "\(author.id)", login: author.name.rawValue, name: author.displayName?.text))
  }
}
