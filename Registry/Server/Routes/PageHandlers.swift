import RegistryAPI

/// The handler of every page, by the right that its row demands.
struct PageHandlers: Sendable {
  typealias ForVisitor = @Sendable (Call, Visitor) async throws -> Reply
  typealias ForReader = @Sendable (Call, SkillVisit) async throws -> Reply
  typealias ForOwner = @Sendable (Call, OwnedSkillVisit) async throws -> Reply
  typealias ForPerson = @Sendable (Call, Person) async throws -> Reply

  let services: RegistryServices

  private var agents: AgentPages { AgentPages(services: services) }
  private var authors: AuthorPages { AuthorPages(services: services) }
  private var contract: ContractRoutes { ContractRoutes(services: services) }
  private var devices: DevicePages { DevicePages(services: services) }
  private var files: FilePages { FilePages(services: services) }
  private var home: HomePages { HomePages(services: services) }
  private var links: LinkPages { LinkPages(services: services) }
  private var sessions: SessionPages { SessionPages(services: services) }
  private var signIn: SignInPages { SignInPages(services: services) }
  private var signUp: SignUpPages { SignUpPages(services: services) }
  private var skills: SkillPages { SkillPages(services: services) }
  private var skillTransfers: SkillTransferPages { SkillTransferPages(services: services) }
  private var tokens: TokenPages { TokenPages(services: services) }

  func handler(for page: VisitorPage) -> ForVisitor {
    switch page {
    case .home: home.home
    case .search: home.search
    case .agents: agents.directory
    case .author: authors.author
    case .api: contract.page
    case .asset: home.asset
    case .signUpForm: signUp.form
    case .signUp: signUp.submit
    case .signInForm: signIn.form
    case .signIn: signIn.submit
    case .linkForm: links.form
    case .link: links.submit
    }
  }

  func handler(for page: ReaderPage) -> ForReader {
    switch page {
    case .skill: skills.skill
    case .version: skills.version
    case .versions: skills.versions
    case .files: files.list
    case .file: files.file
    case .raw: files.raw
    }
  }

  func handler(for page: OwnerPage) -> ForOwner {
    switch page {
    case .transfer: skillTransfers.form
    case .offerTransfer: skillTransfers.offer
    }
  }

  func handler(for page: PersonPage) -> ForPerson {
    switch page {
    case .deviceForm: devices.form
    case .device: devices.submit
    case .tokens: tokens.list
    case .createToken: tokens.create
    case .endToken: tokens.end
    case .sessions: sessions.list
    case .endSession: sessions.end
    case .signOut: sessions.signOut
    }
  }
}
