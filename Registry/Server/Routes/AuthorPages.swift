import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// An author, a person or an organisation, and what there is of theirs.
struct AuthorPages: Sendable {
  let services: RegistryServices

  private static let skillsPerPage = 50
  private static let shownAgents = 100

  private struct Page: Sendable {
    var authorName: String
    var displayName: String?
    var publicEmail: String?
    var follow: FollowButton?
    var isOrganisation: Bool
    var isDeleted: Bool
    var atomPath: String
    var jsonPath: String
    var hits: [SkillRow] = []
    var pager: Pager?
    var hasAgents = false
    var agents: [AgentRow] = []

    init(_ author: AuthorRecord) {
      authorName = author.name.rawValue
      displayName = author.displayName?.text
      publicEmail = author.publicEmail?.text
      isOrganisation = author.isOrganisation && !author.isDeleted
      isDeleted = author.isDeleted
      atomPath = Route.atomFeed.path([authorName])
      jsonPath = Route.jsonFeed.path([authorName])
    }
  }

  /// A former name leads to the present one (RFC 9110, section 15.4.9).
  func author(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let name = try call.authorName()
    guard let author = try await services.accounts.author(name) else { throw MeshError.unknownAuthor(name) }
    guard author.name == name else { throw MovedAuthor(name: author.name) }
    var page = Page(author)
    page.follow = try await FollowButton(author, for: visitor, services.accounts)
    let after = try call.cursor("after") { try SkillSlug(parsing: $0) }
    // One more than is shown tells whether there are more.
    let scope = SearchScope(reader: visitor.reader, owner: name, limit: Self.skillsPerPage + 1)
    let found = try await services.catalog.skills(in: scope, after: after)
    let shown = found.prefix(Self.skillsPerPage)
    page.hits = shown.map { SkillRow($0) }
    // Whether one is online is on its own page: this one may be kept.
    let agents = try await services.agents.published(by: author.id, limit: Self.shownAgents)
    page.agents = agents.map { AgentRow($0, isOnline: nil) }
    page.hasAgents = !agents.isEmpty
    let last = found.count > shown.count ? shown.last?.skill.name.slug.rawValue : nil
    page.pager = Pager(
      Route.authorPage.path([name.rawValue]), isContinued: after != nil, next: last.map { "after=\($0)" })
    return services.pages.tagged(.author, name.rawValue, page, for: visitor)
  }
}
