import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

@testable import RegistryServer

/// One skill goes to another author, as both sides have it in a browser.
@Suite struct SkillTransferPageTests {
  private static let page = "/authors/ada/skills/tool/transfer"
  private static let offers = "/settings/organisations"

  private struct TwoSides {
    let server: TestServer
    /// Who has published `ada/tool`.
    var ada: TestBrowser
    var bob: TestBrowser
  }

  private func sides() async throws -> TwoSides {
    let server = try await TestServer.start()
    let ada = try await server.browser(of: "ada")
    let bob = try await server.browser(of: "bob")
    let account = try #require(try await server.store.accounts.account(AuthorName(parsing: "ada")))
    try await server.publish("tool", token: server.newToken(of: account))
    return TwoSides(server: server, ada: ada, bob: bob)
  }

  private let offer = [("recipient", "bob"), ("confirmation", "ada/tool")]

  @Test func `a skill goes to whoever accepts it, and old links and clients find it there`() async throws {
    var sides = try await sides()
    #expect(try await sides.ada.get("/authors/ada/skills/tool").links.contains(Self.page))
    #expect(try await !sides.bob.get("/authors/ada/skills/tool").links.contains(Self.page))
    #expect(try await sides.ada.get(Self.page).actions.contains(Self.page))
    let offered = try await sides.ada.submitAndFollow(Self.page, offer)
    #expect(offered.notice == Notice.transferOffered.text && offered.text.contains("ada/tool"))
    #expect(offered.actions.allSatisfy { !$0.hasSuffix("/accept") })
    let accept = try #require(try await sides.bob.get(Self.offers).actions.first { $0.hasSuffix("/accept") })
    #expect(try await sides.ada.submit(accept, []).status == 410)
    #expect(try await sides.server.index("ada/tool").name == "ada/tool")
    let accepted = try await sides.bob.submitAndFollow(accept, [])
    #expect(accepted.status == 200 && accepted.notice == Notice.skillAccepted.text)
    #expect(accepted.links.contains("/authors/bob/skills/tool/transfer"))
    #expect(try await sides.bob.submit(accept, []).status == 410)

    #expect(try await sides.server.index("ada/tool").name == "bob/tool")
    for path in ["/authors/ada/skills/tool", Self.page, "/index/ada/tool"] {
      let moved = try await sides.ada.get(path)
      #expect(moved.status == 308 && moved.headers["location"] == path.replacing("/ada/", with: "/bob/"), "\(path)")
    }
    #expect(try await sides.ada.get("/authors/bob/skills/tool/transfer").status == 403)
    let request = IndexBatchRequest(skills: [.init(name: "ada/tool"), .init(name: "ada/absent")])
    let batch = try await sides.server.sendJSON(.post, Route.indexBatch.rawValue, request)
    let entries = try WireCoding.decode(IndexBatchResponse.self, from: batch.body).skills
    #expect(entries.map(\.movedTo) == ["bob/tool", nil])
  }

  @Test(arguments: [true, false])
  func `an offer that is declined or withdrawn leaves everything as it was`(isDeclined: Bool) async throws {
    var sides = try await sides()
    let offered = try await sides.ada.submitAndFollow(Self.page, offer)
    let offers = try await sides.bob.get(Self.offers)
    let source = isDeclined ? offers : offered
    let end = try #require(source.actions.first { $0.hasSuffix("/end") })
    let accept = try #require(offers.actions.first { $0.hasSuffix("/accept") })
    let ended = try await isDeclined ? sides.bob.submitAndFollow(end, []) : sides.ada.submitAndFollow(end, [])
    #expect(ended.notice == Notice.transferEnded.text && !ended.text.contains("ada/tool"))
    #expect(try await sides.bob.submit(accept, []).status == 410)
    #expect(try await sides.server.index("ada/tool").name == "ada/tool")
  }

  @Test(arguments: [
    ("nobody", "ada/tool", "recipient"), ("BOB", "ada/tool", "recipient"), ("", "ada/tool", "recipient"),
    ("ada", "ada/tool", "recipient"), ("bob", "tool", "confirmation"), ("bob", "", "confirmation"),
  ])
  func `what is wrong with an offer is said beside the field, and what was typed stays`(
    recipient: String, confirmation: String, field: String
  ) async throws {
    var sides = try await sides()
    let page = try await sides.ada.submit(Self.page, [("recipient", recipient), ("confirmation", confirmation)])
    #expect(page.status == 422)
    #expect(page.hasFault(beside: field) && page.text.contains("value=\"\(recipient)\""), "\(page.text)")
    #expect(try await sides.bob.get(Self.offers).actions.allSatisfy { !$0.hasSuffix("/accept") })
  }

  @Test func `where a private skill went is told to nobody who may not see it`() async throws {
    var sides = try await sides()
    let accounts = sides.server.store.accounts
    let ada = try #require(try await accounts.account(AuthorName(parsing: "ada")))
    try await sides.server.publish("secret", isPrivate: true, token: sides.server.newToken(of: ada))
    let path = "/authors/ada/skills/secret"
    _ = try await sides.ada.submit(path + "/transfer", [("recipient", "bob"), ("confirmation", "ada/secret")])
    let accept = try #require(try await sides.bob.get(Self.offers).actions.first { $0.hasSuffix("/accept") })
    #expect(try await sides.bob.submitAndFollow(accept, []).status == 200)
    #expect(try await sides.bob.get(path).status == 308)
    var stranger = TestBrowser(sides.server)
    #expect(try await stranger.get(path).status == 404)
    #expect(try await sides.ada.get(path).status == 404)
  }
}
