import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

/// Former names of authors lead to the present ones.
@Suite struct RenameTests {
  /// An author with a public and a private skill, whose names are in the cache.
  private func started() async throws -> (scene: AccessScene, token: String) {
    let scene = try await AccessScene()
    let token = try #require(try await scene.token(of: try scene.asker("an owner")))
    try await scene.server.publish("tool", token: token)
    try await scene.server.publish("secret", isPrivate: true, token: token)
    for name in ["ann/tool", "ann/absent", "anna/tool"] {
      for token in [nil, token] { _ = try await scene.server.send(.get, "/index/\(name)", token: token) }
    }
    return (scene, token)
  }

  private func rename(
    _ scene: AccessScene, to name: String, from old: String = "ann", in accounts: Accounts
  ) async throws {
    let account = try #require(try scene.asker("an owner").account)
    let (old, new) = (try AuthorName(parsing: old), try AuthorName(parsing: name))
    try await accounts.rename(old, to: new, by: account.id, at: scene.server.clock.now)
  }

  private func renamed() async throws -> (scene: AccessScene, token: String) {
    let (scene, token) = try await started()
    try await rename(scene, to: "anna", in: scene.server.store.accounts)
    return (scene, token)
  }

  @Test(arguments: [
    ("/index/ann/tool", "/index/anna/tool"), ("/index/ann/tool?x=1&y=%2F", "/index/anna/tool?x=1&y=%2F"),
    ("/api/skills/ann/tool", "/api/skills/anna/tool"),
    ("/api/skills/ann/tool/versions/1.0.0/download", "/api/skills/anna/tool/versions/1.0.0/download"),
    ("/api/skills/ann/tool/versions/1.0.0/files/a%20b/c", "/api/skills/anna/tool/versions/1.0.0/files/a%20b/c"),
    ("/authors/ann?page=2", "/authors/anna?page=2"), ("/authors/ann/skills/tool", "/authors/anna/skills/tool"),
    // Whether there is such a skill is for the present name to say.
    ("/index/ann/absent", "/index/anna/absent"), ("/index/ann/secret", "/index/anna/secret"),
  ])
  func `every path of a former name leads to the same path of the present one`(
    path: String, target: String
  ) async throws {
    let (scene, _) = try await renamed()
    var browser = TestBrowser(scene.server)
    let answer = try await browser.get(path)
    #expect(answer.status == 308)
    #expect(answer.headers["location"] == target)
    #expect(answer.headers["cache-control"]?.contains("no-store") == true)
  }

  @Test func `those who follow get what is theirs to see, and change it`() async throws {
    let (scene, token) = try await renamed()
    let server = scene.server
    #expect(try await server.index("ann/tool").name == "anna/tool")
    #expect(try await server.index("ann/secret", token: token).name == "anna/secret")
    #expect(try await server.send(.get, "/index/ann/secret").status == 404)
    let archive = "/versions/1.0.0/download"
    let old = try await server.send(.get, "/api/skills/ann/tool" + archive)
    #expect(old.status == 200)
    let present = try await server.send(.get, "/api/skills/anna/tool" + archive)
    #expect(old.body == present.body)
    let yank = "/api/skills/ann/tool/versions/1.0.0/yank"
    #expect(try await server.sendJSON(.put, yank, YankRequest(reason: "old"), token: token).status == 200)
    #expect(try await server.index("anna/tool").versions.map(\.reason) == ["old"])
  }

  @Test func `a name that never was is answered as one whose author has no such skill`() async throws {
    let (scene, _) = try await renamed()
    func words(_ name: String) async throws -> String {
      let answer = try await scene.server.send(.get, "/index/\(name)/absent")
      #expect(answer.status == 404)
      return answer.text.replacing(#/"request_id":"[^"]*"/#, with: "").replacing(name, with: "")
    }
    #expect(try await words("never-was") == words("guild"))
  }

  @Test func `a batch names the present name, and the newest version is that of the present name`() async throws {
    let (scene, token) = try await renamed()
    let server = scene.server
    let names = ["ann/tool", "ann/absent", "anna/tool", "guild/absent"]
    let request = IndexBatchRequest(skills: names.map { .init(name: $0) })
    let batch = try await server.sendJSON(.post, Route.indexBatch.rawValue, request, token: token)
    let entries = try WireCoding.decode(IndexBatchResponse.self, from: batch.body).skills
    #expect(entries.map(\.name) == names)
    #expect(entries.map(\.movedTo) == ["anna/tool", "anna/absent", nil, nil])
    #expect(entries.map { $0.document?.name } == [nil, nil, "anna/tool", nil])
    let latest = try await server.sendJSON(.post, Route.latest.rawValue, LatestRequest(skills: names))
    let versions = try WireCoding.decode(LatestResponse.self, from: latest.body).skills
    #expect(versions.map(\.name) == names)
    #expect(versions.map(\.version) == ["1.0.0", nil, "1.0.0", nil])
  }

  @Test func `a name that is taken back leads nowhere else any more`() async throws {
    let (scene, _) = try await renamed()
    #expect(try await scene.server.index("ann/tool").name == "anna/tool")
    try await rename(scene, to: "ann", from: "anna", in: scene.server.store.accounts)
    for name in ["ann/tool", "anna/tool"] { #expect(try await scene.server.index(name).name == "ann/tool") }
  }

  @Test func `a rename by another process counts soon`() async throws {
    let (scene, _) = try await started()
    let other = try RegistryStore(folder: scene.server.folder)
    try await rename(scene, to: "anna", in: other.accounts)
    try other.close()
    var browser = TestBrowser(scene.server)
    let deadline = ContinuousClock.now + .seconds(60)
    var status = 0
    while status != 308, ContinuousClock.now < deadline { status = try await browser.get("/index/ann/tool").status }
    #expect(status == 308)
    #expect(try await scene.server.index("anna/tool").versions.count == 1)
  }
}
