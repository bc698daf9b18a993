import RegistryAPI
import RegistryStore

/// The handler of every row of the table, by the right that the row demands.
struct EndpointHandlers: Sendable {
  typealias Open = @Sendable (Call, Accounts.Identity?) async throws -> Reply
  typealias Reader = @Sendable (Call, CatalogEntry) async throws -> Reply
  typealias Owner = @Sendable (Call, OwnedSkill) async throws -> Reply
  typealias Account = @Sendable (Call, Accounts.Identity) async throws -> Reply

  let services: RegistryServices

  private var account: AccountRoutes { AccountRoutes(services: services) }
  private var contract: ContractRoutes { ContractRoutes(services: services) }
  private var devices: DeviceRoutes { DeviceRoutes(services: services) }
  private var downloads: DownloadRoutes { DownloadRoutes(services: services) }
  private var feeds: FeedRoutes { FeedRoutes(services: services) }
  private var files: FileRoutes { FileRoutes(services: services) }
  private var index: IndexRoutes { IndexRoutes(services: services) }
  private var people: PeopleRoutes { PeopleRoutes(services: services) }
  private var publishing: PublishRoutes { PublishRoutes(services: services) }
  private var search: SearchRoutes { SearchRoutes(services: services) }
  private var skills: SkillRoutes { SkillRoutes(services: services) }
  private var subscriptions: SubscriptionRoutes { SubscriptionRoutes(services: services) }
  private var tokens: TokenRoutes { TokenRoutes(services: services) }
  private var yanks: YankRoutes { YankRoutes(services: services) }

  func handler(for endpoint: OpenEndpoint) -> Open {
    switch endpoint {
    case .indexBatch: index.batch
    case .latest: index.latest
    case .search: search.search
    case .health: account.health
    case .contract: contract.file
    case .deviceLogin: devices.begin
    case .deviceToken: devices.token
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

  func handler(for endpoint: PublisherEndpoint) -> Owner {
    switch endpoint {
    case .yank: yanks.yank
    case .unyank: yanks.unyank
    }
  }

  func handler(for endpoint: OwnerEndpoint) -> Owner {
    switch endpoint {
    case .unpublish: skills.unpublish
    case .unpublishVersion: skills.unpublishVersion
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

  func handler(for endpoint: PeopleEndpoint) -> Open {
    switch endpoint {
    case .lookup: people.lookup
    case .atomFeed: feeds.atom
    case .jsonFeed: feeds.json
    case .reportSecrets: tokens.report
    }
  }

  func handler(for endpoint: PersonalEndpoint) -> Account {
    switch endpoint {
    case .tokens: tokens.list
    case .createToken: tokens.create
    case .endToken: tokens.end
    case .subscriptions: subscriptions.list
    case .subscribe: subscriptions.subscribe
    case .unsubscribe: subscriptions.unsubscribe
    case .changeProfile: account.changeProfile
    }
  }
}
