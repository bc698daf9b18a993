import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Skills
import TestSupport
import Testing

/// A registry with an organisation that has a public and a private skill, agents of the same names, and everybody who
/// could ask for them.
struct AccessScene {
  struct Asker {
    var name: String
    /// What it is to the organisation.
    var role: Role?
    /// Of its token; nil where it has none.
    var scope: TokenScope?
    /// Who signs in for it in a browser; nil where nobody can.
    var account: Account?
  }

  struct Answer {
    var status: Int
    var text: String
    var challenge: String?
    var location: String?
    var caching: String?

    /// What it says, without what is another one each time.
    var words: String {
      text.replacing(#/"request_id":"[^"]*"/#, with: "").replacing(#/request [^<]*/#, with: "")
    }
  }

  let server: TestServer
  let guild: AuthorName
  let askers: [Asker]
  /// An owner, to make agents for the organisation.
  private let owner: Accounts.Identity

  init() async throws {
    var configuration = RegistryConfiguration()
    configuration.limits.rates = [:]
    configuration.signUp = .open
    let server = try await TestServer.start(configuration: configuration)
    let guild = try AuthorName(parsing: "guild")
    let operatorAccount = try await Self.operatorAccount("opal", server)
    let (ann, pat) = try await (server.signUp("ann"), server.signUp("pat"))
    let (rea, eve) = try await (server.signUp("rea"), server.signUp("eve"))
    let (accounts, now) = (server.store.accounts, server.clock.now)
    let organisation = try await accounts.createOrganisation(guild, displayName: nil, by: ann.id, at: now)
    try await accounts.setRole(.publisher, of: pat.handle, in: organisation, by: ann.id, at: now)
    try await accounts.setRole(.reader, of: rea.handle, in: organisation, by: ann.id, at: now)
    func token(_ rights: Set<TokenRight>, _ pattern: ResourcePattern, _ name: String) -> Asker {
      let scope = TokenScope(rights: rights, skills: [pattern], agents: [.everything])
      return Asker(name: name, role: .owner, scope: scope, account: ann)
    }
    let others = try ResourcePattern(parsing: "eve/*")
    var all = [
      Asker(name: "nobody"), Asker(name: "another account", scope: .everything, account: eve),
      // Whoever runs the registry is to other people's skills what everybody is.
      Asker(name: "the operator's account", scope: .everything, account: operatorAccount),
      Asker(name: "a reader", role: .reader, scope: .everything, account: rea),
      Asker(name: "a publisher", role: .publisher, scope: .everything, account: pat),
      Asker(name: "an owner", role: .owner, scope: .everything, account: ann),
      Asker(name: "the operator's token", role: .owner, scope: .everything),
      token(Set(TokenRight.allCases), others, "an owner's token for others"),
    ]
    all += TokenRight.allCases.map { token([$0], .everything, "an owner's token for \($0.rawValue)") }
    (self.server, self.guild, askers) = (server, guild, all)
    let known = try #require(AccessToken(presented: try await server.newToken(of: ann)))
    owner = try #require(try await accounts.identity(presenting: known, at: now))
    let own = try #require(try await accounts.createToken(for: guild, at: now, expiringAt: nil))
    let skills: [(String, String?)] = [("open", nil), ("hidden", #"{"is_private":true}"#)]
    for (slug, metadata) in skills {
      let packed = try Sample.packed(slug, files: ["notes.md": "Notes."])
      #expect(try await server.publish(package: packed.bytes, metadata: metadata, token: own.secret).status == 201)
    }
  }

  private static func operatorAccount(_ handle: String, _ server: TestServer) async throws -> Account {
    let new = NewAccount(handle: try AuthorName(parsing: handle), password: try Password(parsing: "correct horse"))
    let (accounts, now) = (server.store.accounts, server.clock.now)
    let account = try await accounts.signUp(new, with: try await accounts.inviteFirstAccount(at: now), at: now)
    #expect(account.isOperator)
    return account
  }

  func asker(_ name: String) throws -> Asker { try #require(askers.first { $0.name == name }) }

  func skill(_ slug: String) throws -> SkillName { SkillName(author: guild, slug: try SkillSlug(parsing: slug)) }
}

// MARK: - Agents

extension AccessScene {
  /// The id of the agent of that name, which is made again once it was deleted; for `absent` one that never was.
  private func agentID(_ slug: String) async throws -> String {
    if slug == "absent" { return "00000000-0000-4000-8000-000000000000" }
    let (agents, now) = (server.store.agents, server.clock.now)
    if let agent = try await agents.agent(guild, slug, visibleTo: Reader(owner)) { return agent.id.rawValue }
    let new = try NewAgent(
      author: guild, name: slug, agentType: "exec", visibility: slug == "hidden" ? .private : .public)
    let agent = try await agents.create(new, by: owner, at: now)
    _ = try await agents.update(agent.id, AgentUpdate(isPublished: true), by: owner, at: now)
    return agent.id.rawValue
  }
}

// MARK: - Asking

extension AccessScene {
  /// A token of an asker; one that is still good is kept.
  func token(of asker: Asker, reusing known: String? = nil) async throws -> String? {
    let (accounts, now) = (server.store.accounts, server.clock.now)
    let presented = known.flatMap { AccessToken(presented: $0) }
    if let presented, try await accounts.identity(presenting: presented, at: now) != nil { return known }
    guard let scope = asker.scope else { return nil }
    guard let account = asker.account else {
      return try await accounts.createToken(for: guild, at: now, expiringAt: nil)?.secret
    }
    return try await server.newToken(of: account, scope)
  }

  /// A browser in which an asker is signed in when it can be; one that still is is kept.
  func browser(of asker: Asker, reusing known: TestBrowser? = nil) async throws -> TestBrowser {
    var browser = known ?? TestBrowser(server)
    guard let account = asker.account else { return browser }
    if known != nil, try await browser.get(Route.sessionsPage.rawValue).status == 200 { return browser }
    let form = [("handle", account.handle.rawValue), ("password", "correct horse")]
    #expect(try await browser.submit(Route.signIn.rawValue, form).status == 303)
    return browser
  }

  /// A path that fits the row: of the skill, where there is one, and of nothing that exists for any other part.
  func path(_ row: Endpoint, _ slug: String, agent: String? = nil) -> String {
    let values = row.route.rawValue.split(separator: "/").compactMap { part -> String? in
      switch part {
      case ":author": guild.rawValue
      case ":slug", ":agent": slug
      case ":version": "1.0.0"
      case ":id": agent ?? "0"
      case "**": "notes.md"
      default: part.hasPrefix(":") ? "0" : nil
      }
    }
    return row.route.path(values)
  }

  /// Asks without a body, pages with the browser and everything else with the token.
  func ask(_ row: Endpoint, _ slug: String, token: String?, _ browser: inout TestBrowser) async throws -> Answer {
    guard row.access.isForBrowsers else { return try await ask(row, slug, token: token) }
    let namesAgent = ["/agents/:id", "/agents/:agent"].contains { row.route.rawValue.contains($0) }
    let agent = try await namesAgent ? agentID(slug) : nil
    let path = path(row, slug, agent: agent)
    let page = try await row.method == .get ? browser.get(path) : browser.submit(path, [])
    let text = agent.map { page.text.replacing($0, with: slug) } ?? page.text
    return Answer(
      status: page.status, text: text, challenge: page.headers["www-authenticate"],
      location: page.headers["location"], caching: page.headers["cache-control"])
  }

  func ask(_ row: Endpoint, _ slug: String, token: String?) async throws -> Answer {
    let method = try #require(HTTPMethod(rawValue: row.method.rawValue))
    let agent = try await row.route.rawValue.contains("/agents/:id") ? agentID(slug) : nil
    let response = try await server.send(method, path(row, slug, agent: agent), token: token)
    // By its name, as everything else is.
    let text = agent.map { response.text.replacing($0, with: slug) } ?? response.text
    return Answer(
      status: response.status, text: text, challenge: response.headers["WWW-Authenticate"],
      location: response.headers["Location"], caching: response.headers["Cache-Control"])
  }
}
