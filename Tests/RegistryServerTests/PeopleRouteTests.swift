import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

/// Who authors are, whom an account follows, and what of it others see.
@Suite struct PeopleRouteTests {
  @Test func `an author is found by the name that it has or had, and not once it is gone`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.signUp("ada")
    let client = try server.client()
    let found = try await client.author(ada.handle)
    #expect(found.login == "ada" && found.id == "\(ada.authorID)" && found.name == nil)
    let name = try AuthorName(parsing: "lovelace")
    try await server.store.accounts.rename(ada.handle, to: name, by: ada.id, at: server.clock.now)
    #expect(try await client.author(ada.handle).login == "lovelace")
    try await server.store.accounts.delete(ada.id, at: server.clock.now)
    for login in ["ada", "lovelace", "nobody"] {
      #expect(try await server.send(.get, Route.authorLookup.rawValue + "?login=\(login)").status == 404)
    }
    for query in ["", "?login=", "?login=..", "?login=Ada"] {
      #expect(try await server.send(.get, Route.authorLookup.rawValue + query).status == 422, "\(query)")
    }
  }

  @Test func `an organisation that was deleted is not found, has no news, and gets no followers`() async throws {
    let server = try await TestServer.start()
    let accounts = server.store.accounts
    let ada = try await server.signUp("ada")
    let token = try await server.newToken(of: ada)
    let guild = try await accounts.createOrganisation(
      AuthorName(parsing: "guild"), displayName: nil, by: ada.id, at: server.clock.now)
    let subscription = Route.authorSubscription.path(["\(guild.authorID)"])
    let reads = [
      Route.authorLookup.rawValue + "?login=guild", Route.atomFeed.path(["guild"]), Route.jsonFeed.path(["guild"]),
    ]
    for read in reads { #expect(try await server.send(.get, read).status == 200, "\(read)") }
    #expect(try await server.send(.post, subscription, token: token).status == 200)
    try await accounts.delete(guild, by: ada.id, at: server.clock.now)
    for read in reads { #expect(try await server.send(.get, read).status == 404, "\(read)") }
    #expect(try await server.send(.post, subscription, token: token).status == 404)
    #expect(try await accounts.subscriptions(of: ada.id).isEmpty)
    let page = try await server.send(.get, "/authors/guild")
    #expect(page.status == 200 && !page.text.contains("/feed."), "\(page.text)")
  }

  @Test func `older clients find every key of an author`() async throws {
    let server = try await TestServer.start()
    let answer = try await server.send(.get, Route.authorLookup.rawValue + "?login=acme")
    #expect(answer.text.wholeMatch(of: #/\{"avatar_url":null,"id":"[0-9]+","login":"acme","name":null\}/#) != nil)
  }

  @Test func `our own client follows authors, lists them and stops`() async throws {
    let server = try await TestServer.start()
    let client = try await server.client(token: server.newToken(of: server.signUp("ada")))
    let acme = try await client.author(AuthorName(parsing: "acme"))
    let bob = try await client.author(server.signUp("bob").handle)
    for author in [acme, bob, acme] { try await client.subscribe(to: author) }
    let followed = try await client.subscriptions()
    #expect(followed.map(\.author.login) == ["acme", "bob"])
    #expect(followed.map(\.authorId) == [acme.id, bob.id])
    for _ in 0..<2 { try await client.unsubscribe(from: acme) }
    #expect(try await client.subscriptions().map(\.author.login) == ["bob"])
  }

  @Test func `what is no author cannot be followed, and an author without an account follows nobody`() async throws {
    let server = try await TestServer.start()
    let own = try await server.newToken(of: server.signUp("ada"))
    for id in ["4711", "-1", "acme", "99999999999999999999"] {
      let path = Route.authorSubscription.path([id])
      #expect(try await server.send(.post, path, token: own).status == 404, "\(id)")
    }
    let acme = try await server.client().author(AuthorName(parsing: "acme"))
    let path = Route.authorSubscription.path([acme.id])
    #expect(try await server.send(.post, path).status == 401)
    let refused = try await server.send(.post, path, token: server.token)
    #expect(refused.status == 403)
    #expect(refused.text.contains("agent-mesh login"))
  }

  @Test func `an address is shown to everybody once its owner says so, and until they take it back`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.signUp("ada")
    let client = try await server.client(token: server.newToken(of: ada))
    func page() async throws -> String { try await server.send(.get, "/authors/ada").text }
    #expect(try await !page().contains("ada@example.org"))
    try await client.change(email: "ada@example.org")
    #expect(try await client.profile().authorEmail == "ada@example.org")
    #expect(try await page().contains("ada@example.org"))
    for text in ["ada", "a b@c", "\(String(repeating: "a", count: 254))@b"] {
      await #expect { try await client.change(email: text) } throws: { ($0 as? MeshError)?.code == .validationError }
    }
    try await client.change(email: "")
    #expect(try await !page().contains("ada@example.org"))
    try await client.change(email: "shown@example.org")
    try await server.store.accounts.delete(ada.id, at: server.clock.now)
    #expect(try await !page().contains("shown@example.org"))
  }
}
