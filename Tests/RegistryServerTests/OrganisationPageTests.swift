import RegistryStore
import Skills
import Testing

@testable import RegistryServer

/// Organisations as their members have them in a browser.
@Suite struct OrganisationPageTests {
  private static let page = "/settings/organisations/guild"

  private struct Guild {
    let server: TestServer
    /// Its owner.
    var ada: TestBrowser
    var bob: TestBrowser

    func roles() async throws -> [String: Role] {
      let guild = try #require(try await server.store.accounts.organisation(AuthorName(parsing: "guild")))
      let members = try await server.store.accounts.members(of: guild)
      return Dictionary(uniqueKeysWithValues: members.map { ($0.handle.rawValue, $0.role) })
    }
  }

  private func guild() async throws -> Guild {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    let bob = try await server.browser(of: "bob")
    let made = try await ada.submitAndFollow(
      "/settings/organisations", [("name", "guild"), ("display_name", "The Guild")])
    #expect(made.status == 200 && made.notice == Notice.organisationCreated.text, "\(made.text)")
    return Guild(server: server, ada: ada, bob: bob)
  }

  @Test(arguments: [
    ("Guild", "", "name"), ("settings", "", "name"), ("ada", "", "name"), ("", "", "name"),
    ("lodge", "\u{202E}", "display_name"),
  ])
  func `an organisation that cannot be made is refused beside the field`(
    name: String, displayName: String, field: String
  ) async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    let page = try await ada.submit("/settings/organisations", [("name", name), ("display_name", displayName)])
    #expect(page.status == 422)
    #expect(page.hasFault(beside: field) && page.text.contains("value=\"\(name)\""), "\(page.text)")
    #expect(try await !ada.get("/settings/organisations").links.contains("/settings/organisations/\(name)"))
  }

  @Test(arguments: Role.allCases)
  func `an owner gives roles, and only owners see how`(role: Role) async throws {
    var guild = try await guild()
    let fields = [("handle", "bob"), ("role", role.rawValue)]
    let added = try await guild.ada.submitAndFollow(Self.page + "/members", fields)
    #expect(added.notice == Notice.memberSaved.text)
    #expect(try await guild.roles() == ["ada": .owner, "bob": role])
    let seen = try await guild.bob.get(Self.page)
    #expect(seen.status == 200 && seen.links.contains("/authors/ada"))
    #expect(seen.actions.contains(Self.page + "/members") == (role == .owner))
    let list = try await guild.bob.get("/settings/organisations")
    #expect(list.links.contains(Self.page) && list.text.contains("<td>\(role.rawValue)</td>"))
    if role == .owner { return }
    let attempts: [(action: String, fields: [(String, String)])] = [
      ("/members", [("handle", "bob"), ("role", "owner")]), ("/members/ada/remove", []), ("/rename", [("name", "x")]),
      ("/transfer", [("recipient", "bob")]), ("/delete", [("confirmation", "guild")]),
    ]
    for (action, fields) in attempts {
      #expect(try await guild.bob.submit(Self.page + action, fields).status == 403, "\(action)")
    }
    #expect(try await guild.bob.get(Self.page + "/delete").status == 403)
    #expect(try await guild.roles() == ["ada": .owner, "bob": role])
  }

  @Test func `the page of an organisation is for its members`() async throws {
    var guild = try await guild()
    #expect(try await guild.bob.get(Self.page).status == 404)
    #expect(try await guild.ada.get("/settings/organisations/lodge").status == 404)
  }

  @Test func `a member is removed by an owner, or leaves`() async throws {
    var guild = try await guild()
    let fields = [("handle", "bob"), ("role", "reader")]
    _ = try await guild.ada.submit(Self.page + "/members", fields)
    let removed = try await guild.ada.submitAndFollow(Self.page + "/members/bob/remove", [])
    #expect(removed.notice == Notice.memberRemoved.text && !removed.links.contains("/authors/bob"))
    _ = try await guild.ada.submit(Self.page + "/members", fields)
    let left = try await guild.bob.submitAndFollow(Self.page + "/members/bob/remove", [])
    #expect(left.status == 200 && left.notice == Notice.organisationLeft.text)
    #expect(try await guild.roles() == ["ada": .owner])
  }

  @Test func `somebody unknown is no member, and the last owner stays one`() async throws {
    var guild = try await guild()
    let unknown = try await guild.ada.submit(Self.page + "/members", [("handle", "carol"), ("role", "publisher")])
    #expect(unknown.status == 422 && unknown.hasFault(beside: "handle"))
    #expect(unknown.text.contains("value=\"carol\"") && unknown.text.contains("value=\"publisher\" selected"))
    let demoted = try await guild.ada.submit(Self.page + "/members", [("handle", "ada"), ("role", "reader")])
    #expect(demoted.status == 422 && demoted.text.contains("guild would be left without an owner"))
    let left = try await guild.ada.submit(Self.page + "/members/ada/remove", [])
    #expect(left.status == 409 && left.text.contains("guild would be left without an owner"))
    #expect(try await guild.ada.submit(Self.page + "/members", [("handle", "bob"), ("role", "king")]).status == 400)
    #expect(try await guild.roles() == ["ada": .owner])
  }

  @Test func `an organisation goes to whoever accepts it, and the old side has nothing left`() async throws {
    var guild = try await guild()
    let offered = try await guild.ada.submitAndFollow(Self.page + "/transfer", [("recipient", "bob")])
    #expect(offered.notice == Notice.transferOffered.text && offered.text.contains("You offered this organisation to"))
    let offers = try await guild.bob.get("/settings/organisations")
    let accept = try #require(offers.actions.first { $0.hasSuffix("/accept") })
    #expect(try await guild.ada.submit(accept, []).status == 410)
    #expect(try await guild.roles() == ["ada": .owner])
    let accepted = try await guild.bob.submitAndFollow(accept, [])
    #expect(accepted.notice == Notice.transferAccepted.text && accepted.links.contains(Self.page))
    #expect(try await guild.roles() == ["bob": .owner])
    #expect(try await guild.ada.get(Self.page).status == 404)
    #expect(try await guild.bob.submit(accept, []).status == 410)
  }

  @Test(arguments: [true, false])
  func `an offer that is declined or withdrawn leaves everything as it was`(isDeclined: Bool) async throws {
    var guild = try await guild()
    let offered = try await guild.ada.submitAndFollow(Self.page + "/transfer", [("recipient", "bob")])
    let offers = try await guild.bob.get("/settings/organisations")
    let accept = try #require(offers.actions.first { $0.hasSuffix("/accept") })
    let source = isDeclined ? offers : offered
    let end = try #require(source.actions.first { $0.hasPrefix("/settings/transfers/") && $0.hasSuffix("/end") })
    let ended = try await isDeclined ? guild.bob.submitAndFollow(end, []) : guild.ada.submitAndFollow(end, [])
    #expect(ended.notice == Notice.transferEnded.text)
    #expect(try await guild.bob.submit(accept, []).status == 410)
    #expect(try await guild.bob.get("/settings/organisations").actions.allSatisfy { !$0.hasSuffix("/accept") })
    #expect(try await guild.roles() == ["ada": .owner])
  }

  @Test(arguments: ["nobody", "ADA", "", "guild"])
  func `an offer to nobody is refused beside the field`(recipient: String) async throws {
    var guild = try await guild()
    let page = try await guild.ada.submit(Self.page + "/transfer", [("recipient", recipient)])
    #expect(page.status == 422)
    #expect(page.hasFault(beside: "recipient") && page.text.contains("value=\"\(recipient)\""), "\(page.text)")
    #expect(!page.text.contains("You offered this organisation to"))
  }

  @Test func `an organisation has another name, and the old one leads to it and is nobody else's`() async throws {
    var guild = try await guild()
    for name in ["ada", "admin", "a--b"] {
      let refused = try await guild.ada.submit(Self.page + "/rename", [("name", name)])
      #expect(refused.status == 422 && refused.hasFault(beside: "name"), "\(name)")
      #expect(refused.text.contains("value=\"\(name)\""))
    }
    let renamed = try await guild.ada.submitAndFollow(Self.page + "/rename", [("name", "lodge")])
    #expect(renamed.status == 200 && renamed.notice == Notice.organisationRenamed.text)
    #expect(try await guild.ada.get(Self.page).status == 404)
    let old = try await guild.bob.get("/authors/guild")
    #expect(old.status == 308 && old.headers["location"] == "/authors/lodge")
    #expect(try await guild.bob.submit("/settings/organisations", [("name", "guild")]).status == 422)
  }

  @Test func `an organisation is deleted by its name, which nobody gets again`() async throws {
    var guild = try await guild()
    let refused = try await guild.ada.submit(Self.page + "/delete", [("confirmation", "ada")])
    #expect(refused.status == 422 && refused.hasFault(beside: "confirmation"))
    #expect(try await guild.roles() == ["ada": .owner])
    let deleted = try await guild.ada.submitAndFollow(Self.page + "/delete", [("confirmation", "guild")])
    #expect(deleted.status == 200 && deleted.notice == Notice.organisationDeleted.text)
    #expect(!deleted.links.contains(Self.page))
    #expect(try await guild.ada.get(Self.page).status == 404)
    #expect(try await guild.ada.get("/authors/guild").status == 200)
    #expect(try await guild.bob.submit("/settings/organisations", [("name", "guild")]).status == 422)
  }
}
