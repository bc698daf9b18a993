import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

/// What was taken from somebody counts from the next request on, also when another process of the registry took it.
@Suite struct RevocationTests {
  private struct Ways: Equatable {
    var index: Int
    var batch: Bool
    var search: [String]
    var own: Int
    var yank: Int
  }

  /// Changes what is stored, through the store of the server or through one of another process.
  private func change(_ scene: AccessScene, elsewhere: Bool, _ work: (Accounts) async throws -> Void) async throws {
    guard elsewhere else { return try await work(scene.server.store.accounts) }
    let other = try RegistryStore(folder: scene.server.folder)
    try await work(other.accounts)
    try other.close()
  }

  /// How a token fares wherever the private skill could show.
  private func ways(_ scene: AccessScene, _ token: String?) async throws -> Ways {
    let server = scene.server
    let asked = IndexBatchRequest(skills: [.init(name: "guild/hidden")])
    let batch = try await server.sendJSON(.post, Route.indexBatch.rawValue, asked, token: token)
    let own = try await server.send(.get, Route.ownSkills.rawValue, token: token)
    return Ways(
      index: try await server.send(.get, "/index/guild/hidden", token: token).status,
      batch: try WireCoding.decode(IndexBatchResponse.self, from: batch.body).skills[0].document != nil,
      search: try await server.search("hidden", token: token).map(\.source),
      own: try WireCoding.decode(OwnSkills.self, from: own.body).authorized.count,
      yank: try await server.send(.put, "/api/skills/guild/hidden/versions/1.0.0/yank", token: token).status)
  }

  private let everything = Ways(index: 200, batch: true, search: ["guild/hidden"], own: 2, yank: 200)

  @Test(arguments: [false, true])
  func `a member who is dropped sees and changes nothing from then on`(elsewhere: Bool) async throws {
    let scene = try await AccessScene()
    let publisher = try scene.asker("a publisher")
    let token = try await scene.token(of: publisher)
    var browser = try await scene.browser(of: publisher)
    let page = Route.skillPage.path(of: try scene.skill("hidden"))
    #expect(try await ways(scene, token) == everything)
    #expect(try await browser.get(page).status == 200)
    let owner = try #require(try scene.asker("an owner").account)
    let handle = try #require(publisher.account).handle
    try await change(scene, elsewhere: elsewhere) { accounts in
      let guild = try #require(try await accounts.organisation(scene.guild))
      try await accounts.removeMember(handle, from: guild, by: owner.id, at: scene.server.clock.now)
    }
    #expect(try await ways(scene, token) == Ways(index: 404, batch: false, search: [], own: 0, yank: 404))
    #expect(try await browser.get(page).status == 404)
    let open = "/api/skills/guild/open/versions/1.0.0/yank"
    #expect(try await scene.server.send(.put, open, token: token).status == 403)
  }

  @Test(arguments: [false, true])
  func `a member whose role is less may do less from then on`(elsewhere: Bool) async throws {
    let scene = try await AccessScene()
    let publisher = try scene.asker("a publisher")
    let token = try await scene.token(of: publisher)
    let owner = try #require(try scene.asker("an owner").account)
    let handle = try #require(publisher.account).handle
    try await change(scene, elsewhere: elsewhere) { accounts in
      let guild = try #require(try await accounts.organisation(scene.guild))
      try await accounts.setRole(.reader, of: handle, in: guild, by: owner.id, at: scene.server.clock.now)
    }
    #expect(
      try await ways(scene, token)
        == Ways(index: 200, batch: true, search: ["guild/hidden"], own: 2, yank: 403))
  }

  @Test(arguments: [false, true])
  func `a token that is revoked is none from then on`(elsewhere: Bool) async throws {
    let scene = try await AccessScene()
    let token = try #require(try await scene.token(of: try scene.asker("an owner")))
    #expect(try await ways(scene, token) == everything)
    let presented = try #require(AccessToken(presented: token))
    try await change(scene, elsewhere: elsewhere) { accounts in
      let isRevoked = try await accounts.revoke(presented, at: scene.server.clock.now)
      #expect(isRevoked)
    }
    for row in Endpoint.all where !row.access.isForBrowsers && row.access != .platform {
      #expect(try await scene.ask(row, "open", token: token).status == 401, "\(row.route)")
    }
  }

  @Test(arguments: [false, true])
  func `a session that is ended is none from then on`(elsewhere: Bool) async throws {
    let scene = try await AccessScene()
    let reader = try scene.asker("a reader")
    var browser = try await scene.browser(of: reader)
    let page = Route.skillPage.path(of: try scene.skill("hidden"))
    #expect(try await browser.get(page).status == 200)
    let account = try #require(reader.account)
    try await change(scene, elsewhere: elsewhere) { accounts in
      for session in try await accounts.sessions(of: account.id, at: scene.server.clock.now) {
        let isEnded = try await accounts.endSession(session.id, of: account.id)
        #expect(isEnded)
      }
    }
    #expect(try await browser.get(page).status == 404)
    #expect(try await browser.get(Route.sessionsPage.rawValue).status == 303)
  }

  @Test func `a session says nothing to the API, and a token nothing to pages`() async throws {
    let scene = try await AccessScene()
    let owner = try scene.asker("an owner")
    let cookie = try await scene.browser(of: owner).cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    let server = scene.server
    let hidden = try await server.send(.get, "/index/guild/hidden", headers: ["Cookie": .init(cookie)])
    #expect(hidden.status == 404)
    let token = try await scene.token(of: owner)
    let page = Route.skillPage.path(of: try scene.skill("hidden"))
    #expect(try await server.send(.get, page, token: token).status == 404)
  }
}
