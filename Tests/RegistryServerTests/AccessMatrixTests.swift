import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

/// Every row of the table of endpoints, asked by those who may and those who may not: what is expected of a row follows
/// from what the row says of itself.
@Suite struct AccessMatrixTests {
  private enum Outcome {
    case allowed
    /// Nobody is known.
    case unauthorized
    /// The token has none of the rights, or its holder is not enough to the author.
    case refused(bySayingOneOf: [String])
    /// As of a skill that never was.
    case missing
    /// The page for signing in.
    case signIn
  }

  private static func namesSkill(_ row: Endpoint) -> Bool { row.route.rawValue.contains(":slug") }

  private static func namesAgent(_ row: Endpoint) -> Bool {
    ["/agents/:id", "/agents/:agent"].contains { row.route.rawValue.contains($0) }
  }

  /// - Parameter isPrivate: Whether the agent is for its organisation alone.
  private static func outcome(ofAgent row: Endpoint, for asker: AccessScene.Asker, isPrivate: Bool) -> Outcome {
    if asker.scope == nil, row.access != .agentReader { return .unauthorized }
    let isForAgents = [TokenRight.manage, .connectAgent, .call].contains { asker.scope?.allows($0) == true }
    let sees = !isPrivate || asker.role != nil && isForAgents
    guard row.access == .agentOwner ? asker.role == .owner : sees else { return .missing }
    let isAllowed = row.rights.isEmpty || row.rights.contains { asker.scope?.allows($0) == true }
    return isAllowed ? .allowed : .refused(bySayingOneOf: row.rights.map(\.rawValue))
  }

  private static func outcome(of row: Endpoint, for asker: AccessScene.Asker, on skill: SkillName) -> Outcome {
    let isPrivate = skill.slug.rawValue == "hidden"
    let isMember = asker.role != nil
    let sees = !isPrivate || isMember && asker.scope?.allows(.readPrivate, on: skill) == true
    switch row.access {
    case .open, .visitor: return .allowed
    case .reader: return sees ? .allowed : .missing
    case .publisher, .owner:
      guard let scope = asker.scope else { return .unauthorized }
      guard sees else { return .missing }
      let needed = row.access == .owner ? Role.owner : .publisher
      guard let role = asker.role, role >= needed else { return .refused(bySayingOneOf: ["owner of \(skill.author)"]) }
      let isAllowed = row.rights.contains { scope.allows($0, on: skill) }
      return isAllowed ? .allowed : .refused(bySayingOneOf: row.rights.map(\.rawValue))
    case .account:
      guard let scope = asker.scope else { return .unauthorized }
      let isAllowed = !row.refusesTokens || row.rights.contains { scope.allows($0) }
      return isAllowed ? .allowed : .refused(bySayingOneOf: row.rights.map(\.rawValue))
    case .agentReader, .agentCaller, .agentOwner: return outcome(ofAgent: row, for: asker, isPrivate: isPrivate)
    case .visitingAgentReader: return !isPrivate || isMember && asker.account != nil ? .allowed : .missing
    case .callingPerson:
      guard asker.account != nil else { return .signIn }
      return !isPrivate || isMember ? .allowed : .missing
    case .agentOwningPerson:
      guard asker.account != nil else { return .signIn }
      return asker.role == .owner ? .allowed : .missing
    case .platform: return .missing
    case .visitingReader: return !isPrivate || isMember && asker.account != nil ? .allowed : .missing
    case .person: return asker.account == nil ? .signIn : .allowed
    case .owningPerson:
      guard asker.account != nil else { return .signIn }
      guard !isPrivate || isMember else { return .missing }
      return asker.role == .owner ? .allowed : .refused(bySayingOneOf: ["owner of \(skill.author)"])
    }
  }

  /// Whether an answer is one of those; one that was let in may still be told of anything but access.
  private static func fits(_ answer: AccessScene.Answer, _ outcome: Outcome, _ row: Endpoint) -> Bool {
    let leadsToSignIn = answer.status == 303 && answer.location?.hasPrefix(Route.signIn.rawValue) == true
    switch outcome {
    case .allowed:
      let isRefused = answer.status == 401 || leadsToSignIn || answer.text.contains("the token does not allow")
      return !isRefused && !(namesSkill(row) && [403, 404].contains(answer.status))
    case .unauthorized: return answer.status == 401 && answer.challenge?.hasPrefix("Bearer") == true
    case .refused(let words): return answer.status == 403 && words.contains { answer.text.contains($0) }
    case .missing: return answer.status == 404 && answer.caching == "no-store"
    case .signIn: return leadsToSignIn
    }
  }

  @Test func `every row lets in exactly those whom it names`() async throws {
    let scene = try await AccessScene()
    var tokens: [String: String] = [:]
    var browsers: [String: TestBrowser] = [:]
    for row in Endpoint.all {
      for asker in scene.askers {
        for slug in Self.namesSkill(row) || Self.namesAgent(row) ? ["open", "hidden"] : ["open"] {
          let token = try await scene.token(of: asker, reusing: tokens[asker.name])
          tokens[asker.name] = token
          var browser = TestBrowser(scene.server)
          if row.access.isForBrowsers { browser = try await scene.browser(of: asker, reusing: browsers[asker.name]) }
          let answer = try await scene.ask(row, slug, token: token, &browser)
          let outcome = Self.outcome(of: row, for: asker, on: try scene.skill(slug))
          let what = "\(asker.name): \(row.method.rawValue) \(row.route.rawValue), \(slug)"
          #expect(Self.fits(answer, outcome, row), "\(what): \(outcome), but \(answer.status) \(answer.text)")
          if case .missing = outcome {
            let absent = try await scene.ask(row, "absent", token: token, &browser)
            #expect(answer.words == absent.words.replacing("absent", with: slug), "\(what)")
          }
          if row.access.isForBrowsers { browsers[asker.name] = browser }
        }
      }
    }
  }

  @Test func `a token that is none is refused by every row that looks at tokens`() async throws {
    let scene = try await AccessScene()
    for row in Endpoint.all where !row.access.isForBrowsers && row.access != .platform {
      let answer = try await scene.ask(row, "open", token: "ah_wrong")
      #expect(Self.fits(answer, .unauthorized, row), "\(row.method.rawValue) \(row.route.rawValue)")
    }
  }

  @Test func `what is refused changes nothing`() async throws {
    let scene = try await AccessScene()
    let changes = PublisherEndpoint.allCases.map(\.row) + OwnerEndpoint.allCases.map(\.row)
    for name in ["nobody", "another account", "a reader", "an owner's token for others"] {
      let token = try await scene.token(of: try scene.asker(name))
      for row in changes {
        for slug in ["open", "hidden"] {
          #expect(try await scene.ask(row, slug, token: token).status >= 400, "\(name): \(row.route)")
        }
      }
    }
    let owner = try await scene.token(of: try scene.asker("an owner"))
    for slug in ["open", "hidden"] {
      #expect(try await scene.server.index("guild/\(slug)", token: owner).versions.map(\.status) == [.published])
    }
  }

  @Test func `what is said of a private skill is kept by nobody, and of a public one as its row says`() async throws {
    let scene = try await AccessScene()
    let (server, token) = (scene.server, try await scene.token(of: try scene.asker("a reader")))
    for row in ReaderEndpoint.allCases.map(\.row) {
      let hidden = try await server.send(.get, scene.path(row, "hidden"), token: token)
      #expect(hidden.status == 200, "\(row.route)")
      #expect(hidden.headers["Cache-Control"] == "private, no-store", "\(row.route)")
      let tag = try #require(hidden.headers["ETag"])
      let again = try await server.send(
        .get, scene.path(row, "hidden"), headers: ["If-None-Match": .init(tag)], token: token)
      #expect(again.status == 304, "\(row.route)")
      #expect(again.headers["Cache-Control"] == "private, no-store", "\(row.route)")
      let open = try await server.send(.get, scene.path(row, "open"))
      #expect(open.headers["Cache-Control"] == row.caching.rawValue, "\(row.route)")
      #expect(row.caching != .never, "\(row.route)")
    }
  }
}
