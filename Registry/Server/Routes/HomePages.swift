import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// The start page, the search, and the files that all pages share.
struct HomePages: Sendable {
  let services: RegistryServices

  private static let newestSkills = 20
  private static let mostInstalledSkills = 10
  private static let searchResults = 50

  private struct Home: Sendable {
    var startCommands: String
    var publishCommands: String
    let agentsPath = Route.agentsPage.rawValue
    var hits: [SkillRow]
    /// Nil while nothing was downloaded.
    var mostInstalled: SkillList?
  }

  private struct SkillList: Sendable {
    var hits: [SkillRow]
  }

  private struct Search: Sendable {
    /// Nil for a search without words, which shows what is new.
    var searchText: String?
    var hits: [SkillRow]
    var isCut: Bool
    var limit: Int
  }

  func home(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let scope = SearchScope(reader: visitor.reader, owner: nil, limit: Self.newestSkills)
    let found = try await services.catalog.search(SearchQuery(""), in: scope)
    let installed = try await services.catalog.mostInstalled(limit: Self.mostInstalledSkills)
    let address = (services.configuration.publicAddress ?? visitor.site?.origin)?.description ?? "<this address>"
    let example = found.first.map { "\($0.skill.name)" } ?? "<author>/<skill>"
    // Installing needs no account; who has one is logged in by the same step.
    let start = visitor.session == nil ? "config" : "login"
    let home = Home(
      startCommands: "agent-mesh \(start) --registry \(address)\nagent-mesh skills install \(example)",
      publishCommands: "agent-mesh login --registry \(address)\nagent-mesh skills publish <folder>",
      hits: found.map { SkillRow($0) },
      mostInstalled: installed.isEmpty ? nil : SkillList(hits: installed.map { SkillRow($0) }))
    return services.pages.tagged(.home, "Skills", home, for: visitor)
  }

  func search(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let text = call.queryValue("q")
    let query = try SearchRoutes.query(text ?? "")
    let scope = SearchScope(reader: visitor.reader, owner: nil, limit: Self.searchResults)
    let found = try await services.catalog.search(query, in: scope)
    let page = Search(
      searchText: query.isEmpty ? nil : text, hits: found.map { SkillRow($0, matching: query) },
      isCut: found.count == Self.searchResults, limit: Self.searchResults)
    return services.pages.tagged(.search, "Search", page, for: visitor)
  }

  func asset(_ call: Call, _ visitor: Visitor) throws -> Reply {
    let name = try call.part("file")
    guard let asset = Asset.all.first(where: { $0.name == name }) else {
      throw MeshError(.notFound, "there is no such file")
    }
    return Reply(headers: [.contentType: asset.type], body: .bytes(asset.bytes))
  }
}
