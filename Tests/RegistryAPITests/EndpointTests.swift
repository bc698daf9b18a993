import RegistryAPI
import Testing

@Suite struct EndpointTests {
  @Test func `a path keeps all of its parts but the one that is another now`() {
    let path = "/api/skills/ann/tool/versions/1.0.0%2Bb/files/a/ann//b%20c"
    #expect(
      Route.file.path(path, with: "anna", for: ":author")
        == "/api/skills/anna/tool/versions/1.0.0%2Bb/files/a/ann/b%20c")
    #expect(Route.authorPage.path("//authors/ann/", with: "anna", for: ":author") == "/authors/anna")
  }

  @Test func `every route has a row, and no two rows are one operation`() {
    let operations = Endpoint.all.map { "\($0.method.rawValue) \($0.route.rawValue)" }
    #expect(Set(operations).count == operations.count)
    #expect(Set(Endpoint.all.map(\.route)) == Set(Route.allCases))
  }

  @Test func `the rows of a group are for the people of the group`() {
    func access<Group: EndpointGroup>(_ group: Group.Type) -> Set<Access> { Set(group.allCases.map(\.row.access)) }
    #expect(access(OpenEndpoint.self) == [.open])
    #expect(access(ReaderEndpoint.self) == [.reader])
    #expect(access(PublisherEndpoint.self) == [.publisher])
    #expect(access(OwnerEndpoint.self) == [.owner])
    #expect(access(AccountEndpoint.self) == [.account])
    #expect(access(VisitorPage.self) == [.visitor])
    #expect(access(ReaderPage.self) == [.visitingReader])
    #expect(access(OwnerPage.self) == [.owningPerson])
    #expect(access(PersonPage.self) == [.person])
    #expect(access(SettingsPage.self) == [.person])
    #expect(access(PeopleEndpoint.self) == [.open])
    #expect(access(PersonalEndpoint.self) == [.account])
    #expect(access(AgentDirectoryEndpoint.self) == [.open])
    #expect(access(OwnAgentsEndpoint.self) == [.account])
    #expect(access(OwnedAgentEndpoint.self) == [.agentOwner])
    #expect(access(VisitedAgentEndpoint.self) == [.agentReader])
    #expect(access(CalledAgentEndpoint.self) == [.agentCaller])
    #expect(access(PlatformEndpoint.self) == [.platform])
    #expect(access(AgentReaderPage.self) == [.visitingAgentReader])
    #expect(access(AgentCallerPage.self) == [.callingPerson])
    #expect(access(AgentOwnerPage.self) == [.agentOwningPerson])
  }

  @Test func `only an archive is sent in parts`() {
    for row in Endpoint.all {
      let isArchive = if case .archive = row.response { true } else { false }
      #expect(row.allErrors.contains(.rangeNotSatisfiable) == isArchive, "\(row.route)")
    }
  }

  @Test func `what changes skills or people may show on a page, and what only reads or signs in does not`() {
    let shown =
      PublisherEndpoint.allCases.map(\.row) + OwnerEndpoint.allCases.map(\.row) + OwnerPage.allCases.map(\.row)
      + SettingsPage.allCases.map(\.row) + [VisitorPage.signUp.row, VisitorPage.link.row]
    for row in shown where row.method != .get { #expect(row.mayChangePages, "\(row.method) \(row.route)") }
    let others = Endpoint.all.filter { $0.method == .get } + [VisitorPage.signIn.row, PersonPage.device.row]
    for row in others { #expect(!row.mayChangePages, "\(row.method) \(row.route)") }
  }

  private static let methods: [(path: String, methods: [String])] = [
    ("/health", ["GET", "HEAD"]), ("/health/", ["GET", "HEAD"]), ("/api/skills/publish", ["POST"]),
    ("/api/skills/a/b", ["DELETE", "GET", "HEAD"]), ("/api/skills/a/b/versions/1/yank", ["DELETE", "PUT"]),
    ("/api/skills/a/b/versions/1/files/x", ["GET", "HEAD"]),
    ("/api/skills/a/b/versions/1/files/x/y/z", ["GET", "HEAD"]), ("/", ["GET", "HEAD"]),
    ("/auth/device", ["GET", "HEAD", "POST"]), ("/api", ["GET", "HEAD"]), ("/api/skills", []), ("/index/a", []),
    ("/index/a/b/c", []), ("/healthy", []),
  ]

  @Test(arguments: methods)
  func `the methods of a path are those of its rows`(path: String, methods: [String]) {
    #expect(Endpoint.methods(at: path) == methods)
  }

  @Test(arguments: Endpoint.all)
  func `a row agrees with itself`(row: Endpoint) {
    let isWrite = row.rate == .change || row.rate == .publish
    let isOfSkill = row.access == .publisher || row.access == .owner
    let isOfTheirs = [.account, .person, .owningPerson, .agentOwner, .agentCaller, .agentOwningPerson]
      .contains(row.access)
    #expect(!isOfSkill || isWrite)
    #expect(!isWrite || isOfSkill || isOfTheirs && row.method != .get)
    // Pages take no tokens; what changes a skill takes none that may not; what shows one hides private ones.
    #expect(!row.access.isForBrowsers || row.rights.isEmpty)
    #expect(!isOfSkill || row.refusesTokens)
    #expect(row.access != .reader || row.rights == [.readPrivate])
    let isOfAll = [Route.atomFeed, .jsonFeed, .contract].contains(row.route)
    let mayBeKept = [.reader, .visitor, .visitingReader].contains(row.access) && row.method == .get || isOfAll
    #expect(mayBeKept || row.caching == .never)
    // No form of a page can do more.
    #expect(!row.access.isForBrowsers || row.method == .get || row.method == .post)
    #expect(row.allErrors.allSatisfy { !$0.isLocal })
    let namesAgent = ["/agents/:id", "/agents/:agent"].contains { row.route.rawValue.contains($0) }
    let isOfAgent = [
      .agentReader, .agentCaller, .agentOwner, .visitingAgentReader, .callingPerson, .agentOwningPerson,
    ].contains(row.access)
    #expect(namesAgent == isOfAgent)
    let namesSkill = row.route.rawValue.contains(":slug")
    #expect(namesSkill == [.reader, .publisher, .owner, .visitingReader, .owningPerson].contains(row.access))
  }
}

extension Endpoint: CustomTestStringConvertible {
  public var testDescription: String { "\(method.rawValue) \(route.rawValue)" }
}
