import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

@testable import RegistryServer

@Suite struct QuarantineTests {
  private let name = SkillName(
    author: try! AuthorName(parsing: "acme"), slug: try! SkillSlug(parsing: "sample"))
  private let why = try! Reason(parsing: "sends files to a stranger")

  private func started() async throws -> TestServer {
    let server = try await TestServer.start()
    for version in ["1.0.0", "1.1.0"] { try await server.publish("sample", version) }
    return server
  }

  /// Decides as another process does: through a store of its own.
  private func decide<Value>(
    _ server: TestServer, _ work: (Catalog) async throws -> Value
  ) async throws -> Value {
    let other = try RegistryStore(folder: server.folder)
    let value = try await work(other.catalog)
    try other.close()
    return value
  }

  /// Asks until the answer is the one; a busy machine may need longer than the server.
  private func eventually(_ isReached: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if try await isReached() { return true }
    }
    return false
  }

  @Test func `a running server looks every second for what another process decided`() {
    #expect(CatalogWatch.interval <= .seconds(5))
  }

  @Test func `a running server stops serving a version, and serves it again once released`()
    async throws
  {
    let server = try await started()
    let download = "/api/skills/acme/sample/versions/1.1.0/download"
    let bytes = try await server.send(.get, download).body
    let page = "/authors/acme/skills/sample/versions/1.1.0"
    #expect(try await server.send(.get, page).status == 200)
    #expect(try await server.index("acme/sample").versions.map(\.status) == [.published, .published])
    let version = QuarantineScope.version(try SemanticVersion(parsing: "1.1.0"))
    #expect(try await decide(server) { try await $0.quarantine(name, version, reason: why, at: Date()) })
    #expect(try await eventually { try await server.send(.get, download).status == 403 })
    // Nobody has been signed in: it was kept as it was rendered.
    #expect(try await eventually { try await server.send(.get, page).status == 403 })

    let refusal = try await server.send(.get, download)
    #expect(refusal.headers["Content-Type"] == ErrorBody.mediaType)
    #expect(try refusal.json()["code"] as? String == "quarantined")
    #expect((try refusal.json()["detail"] as? String)?.contains(why.text) == true)
    let versions = try await server.index("acme/sample").versions
    #expect(versions.map(\.status) == [.published, .quarantined])
    #expect(versions.map(\.reason) == [nil, why.text])
    for part in ["raw", "files", "files/SKILL.md"] {
      #expect(try await server.send(.get, "/api/skills/acme/sample/versions/1.1.0/\(part)").status == 403)
    }
    #expect(try await server.send(.get, "/api/skills/acme/sample").json()["version"] as? String == "1.0.0")
    #expect(try await server.search("sample").map(\.version) == ["1.0.0"])
    #expect(try await server.send(.get, "/api/skills/acme/sample/download").headers["X-Skill-Version"] == "1.0.0")

    #expect(try await decide(server) { try await $0.release(name, version, at: Date()) })
    #expect(try await eventually { try await server.send(.get, download).status == 200 })
    #expect(try await server.send(.get, download).body == bytes)
    #expect(try await server.search("sample").map(\.version) == ["1.1.0"])
    #expect(try await server.index("acme/sample").versions.map(\.reason) == [nil, nil])
  }

  @Test func `a skill in quarantine is not found, not served and takes no new versions`() async throws {
    let server = try await started()
    #expect(try await decide(server) { try await $0.quarantine(name, .skill, reason: why, at: Date()) })
    #expect(try await eventually { try await server.send(.get, "/api/skills/acme/sample").status == 403 })
    #expect(try await server.send(.get, "/api/skills/acme/sample/download").status == 403)
    #expect(try await server.index("acme/sample").versions.map(\.status) == [.quarantined, .quarantined])
    for query in ["sample", ""] { #expect(try await server.search(query).isEmpty) }
    for version in ["1.1.0", "2.0.0"] {
      let answer = try await server.publish(content: Sample.markdown(version: version))
      #expect(answer.status == 403, "\(version)")
      #expect(try answer.json()["code"] as? String == "quarantined")
    }
    let yank = "/api/skills/acme/sample/versions/1.0.0/yank"
    #expect(try await server.send(.put, yank, token: server.token).status == 403)
    // Its author can withdraw it, but not hide what the operator said.
    #expect(
      try await server.send(.delete, "/api/skills/acme/sample/versions/1.0.0", token: server.token).status == 200)
    #expect(try await server.index("acme/sample").versions.map(\.status) == [.quarantined, .quarantined])
    #expect(try await decide(server) { try await $0.release(name, .skill, at: Date()) })
    #expect(
      try await eventually {
        try await server.index("acme/sample").versions.map(\.status) == [.withdrawn, .published]
      })
    #expect(try await server.send(.get, "/api/skills/acme/sample/versions/1.0.0/download").status == 410)
  }

  @Test func `a private skill in quarantine is still nothing to a stranger`() async throws {
    let server = try await TestServer.start()
    try await server.publish("sample", isPrivate: true)
    #expect(try await decide(server) { try await $0.quarantine(name, .skill, reason: why, at: Date()) })
    #expect(
      try await eventually {
        try await server.send(.get, "/api/skills/acme/sample/download", token: server.token).status == 403
      })
    #expect(try await server.send(.get, "/api/skills/acme/sample/download").status == 404)
  }

  @Test func `a withdrawal by another process is seen within five seconds, too`() async throws {
    let server = try await started()
    #expect(try await server.send(.get, "/index/acme/sample").status == 200)
    let token = try #require(AccessToken(presented: server.token))
    let owner = try #require(try await server.store.accounts.identity(presenting: token, at: Date()))
    #expect(try await decide(server) { try await $0.withdraw(name, version: nil, by: owner, at: Date()) } == 2)
    #expect(
      try await eventually {
        try await server.index("acme/sample").versions.allSatisfy { $0.status == .withdrawn }
      })
  }
}
