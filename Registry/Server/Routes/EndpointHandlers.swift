import RegistryAPI
import RegistryStore

/// The handler of every row of the table, by the right that the row demands.
struct EndpointHandlers: Sendable {
  typealias Open = @Sendable (Call, Accounts.Identity?) async throws -> Reply
  typealias Reader = @Sendable (Call, CatalogEntry) async throws -> Reply
  typealias Owner = @Sendable (Call, OwnedSkill) async throws -> Reply
  typealias Account = @Sendable (Call, Accounts.Identity) async throws -> Reply

  private let account: AccountRoutes
  private let downloads: DownloadRoutes
  private let files: FileRoutes
  private let index: IndexRoutes
  private let publishing: PublishRoutes
  private let search: SearchRoutes
  private let skills: SkillRoutes
  private let yanks: YankRoutes

  init(_ services: RegistryServices) {
    account = AccountRoutes(services: services)
    downloads = DownloadRoutes(services: services)
    files = FileRoutes(services: services)
    index = IndexRoutes(services: services)
    publishing = PublishRoutes(services: services)
    search = SearchRoutes(services: services)
    skills = SkillRoutes(services: services)
    yanks = YankRoutes(services: services)
  }

  func handler(for endpoint: OpenEndpoint) -> Open {
    switch endpoint {
    case .indexBatch: index.batch
    case .latest: index.latest
    case .search: search.search
    case .health: account.health
    }
  }

  func handler(for endpoint: ReaderEndpoint) -> Reader {
    switch endpoint {
    case .index: index.show
    case .skill: skills.show
    case .versions: skills.versions
    case .version: skills.version
    case .files: skills.files
    case .file: files.file
    case .download: downloads.newest
    case .versionDownload: downloads.version
    case .raw: files.newestRaw
    case .versionRaw: files.versionRaw
    }
  }

  func handler(for endpoint: OwnerEndpoint) -> Owner {
    switch endpoint {
    case .unpublish: skills.unpublish
    case .unpublishVersion: skills.unpublishVersion
    case .yank: yanks.yank
    case .unyank: yanks.unyank
    }
  }

  func handler(for endpoint: AccountEndpoint) -> Account {
    switch endpoint {
    case .publish: publishing.publish
    case .skills: account.skills
    case .profile: account.profile
    case .revokeToken: account.revokeToken
    }
  }
}
