import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct YankTests {
  private let path = "/api/skills/acme/sample/versions/1.1.0/yank"

  private func started() async throws -> TestServer {
    let server = try await TestServer.start()
    for (version, animal) in [("1.0.0", "wombat"), ("1.1.0", "quokka")] {
      try await server.publish("sample", version, description: "About the \(animal).")
    }
    return server
  }

  @Test func `a yanked version can be had, says why, and is not the newest`() async throws {
    let server = try await started()
    let before = try await server.send(.get, "/index/acme/sample").headers["ETag"]
    let answer = try await server.sendJSON(.put, path, YankRequest(reason: "loses files"), token: server.token)
    #expect(answer.status == 200)
    #expect(try WireCoding.decode(Confirmation.self, from: answer.body).success)
    #expect(try await server.send(.get, "/index/acme/sample").headers["ETag"] != before)
    let versions = try await server.index("acme/sample").versions
    #expect(versions.map(\.status) == [.published, .yanked])
    #expect(versions.map(\.reason) == [nil, "loses files"])
    let summary = try await server.send(.get, "/api/skills/acme/sample").json()
    #expect(summary["version"] as? String == "1.0.0")
    #expect(summary["versions"] as? [String] == ["1.0.0"])
    #expect(try await server.search("sample").map(\.version) == ["1.0.0"])
    #expect(try await server.search("quokka").isEmpty)
    #expect(try await server.send(.get, "/api/skills/acme/sample/download").headers["X-Skill-Version"] == "1.0.0")
    let latest = try await server.sendJSON(.post, Route.latest.rawValue, LatestRequest(skills: ["acme/sample"]))
    #expect(try WireCoding.decode(LatestResponse.self, from: latest.body).skills[0].version == "1.0.0")
    #expect(try await server.send(.get, "/api/skills/acme/sample/versions/1.1.0/download").status == 200)
  }

  @Test func `yanking and taking it back change nothing when repeated, and a new reason replaces the old`() async throws
  {
    let server = try await started()
    func reason() async throws -> String? { try await server.index("acme/sample").versions[1].reason }
    func yank(_ reason: String?) async throws -> String {
      let answer = try await server.sendJSON(.put, path, YankRequest(reason: reason), token: server.token)
      return try WireCoding.decode(Confirmation.self, from: answer.body).message
    }
    #expect(try await yank("a") == "acme/sample@1.1.0 yanked")
    let tag = try await server.send(.get, "/index/acme/sample").headers["ETag"]
    #expect(try await yank("a") == "acme/sample@1.1.0 was yanked before")
    #expect(try await server.send(.get, "/index/acme/sample").headers["ETag"] == tag)
    #expect(try await yank("b") == "acme/sample@1.1.0 yanked")
    #expect(try await reason() == "b")
    // Without a body there is no reason.
    #expect(try await server.send(.put, path, token: server.token).status == 200)
    #expect(try await reason() == nil)
    for message in ["is no longer yanked", "was not yanked"] {
      let answer = try await server.send(.delete, path, token: server.token)
      #expect(try WireCoding.decode(Confirmation.self, from: answer.body).message == "acme/sample@1.1.0 \(message)")
      #expect(try await server.index("acme/sample").versions.map(\.status) == [.published, .published])
    }
    #expect(try await server.send(.get, "/api/skills/acme/sample").json()["version"] as? String == "1.1.0")
    #expect(try await server.search("quokka").count == 1)
  }

  @Test func `a yanked version is the newest when nothing else is left`() async throws {
    let server = try await started()
    for version in ["1.0.0", "1.1.0"] {
      let path = "/api/skills/acme/sample/versions/\(version)/yank"
      #expect(try await server.send(.put, path, token: server.token).status == 200)
    }
    let summary = try await server.send(.get, "/api/skills/acme/sample").json()
    #expect(summary["version"] as? String == "1.1.0")
    #expect(summary["versions"] as? [String] == ["1.1.0", "1.0.0"])
    // Even a pre-release is preferred to what is yanked.
    try await server.publish("sample", "1.2.0-beta")
    #expect(try await server.send(.get, "/api/skills/acme/sample").json()["version"] as? String == "1.2.0-beta")
  }

  @Test func `only the owner yanks, and only what can be had`() async throws {
    let server = try await started()
    let rival = try await TestServer.newToken("rival", server.store)
    try await server.publish("hidden", isPrivate: true)
    for method: HTTPMethod in [.put, .delete] {
      #expect(try await server.send(method, path).status == 401)
      #expect(try await server.send(method, path, token: rival).status == 403)
      let hidden = "/api/skills/acme/hidden/versions/1.0.0/yank"
      #expect(try await server.send(method, hidden, token: rival).status == 404)
      let unknown = "/api/skills/acme/sample/versions/9.9.9/yank"
      #expect(try await server.send(method, unknown, token: server.token).status == 404)
    }
    #expect(try await server.index("acme/sample").versions.map(\.status) == [.published, .published])
    let withdrawn = "/api/skills/acme/sample/versions/1.1.0"
    #expect(try await server.send(.delete, withdrawn, token: server.token).status == 200)
    for method: HTTPMethod in [.put, .delete] {
      #expect(try await server.send(method, path, token: server.token).status == 410)
    }
    #expect(try await server.send(.get, path).headers["Allow"] == "DELETE, PUT")
  }

  @Test(arguments: [
    String(repeating: "x", count: 501), "", "  ", "two\nlines", "a\u{1B}[31m", "a\u{202E}b", "a\u{0}", "a\u{2028}b",
  ])
  func `a reason that cannot be shown on one line is refused`(reason: String) async throws {
    let server = try await started()
    let answer = try await server.sendJSON(.put, path, YankRequest(reason: reason), token: server.token)
    #expect(answer.status == 422)
    #expect(try await server.index("acme/sample").versions.map(\.status) == [.published, .published])
  }

  @Test func `a reason may be as long as clients are told, in any script`() async throws {
    let server = try await started()
    #expect(Reason.maximumCharacters == YankRequest.maximumReasonCharacters)
    let reason = String(repeating: "ж", count: YankRequest.maximumReasonCharacters)
    #expect(try await server.sendJSON(.put, path, YankRequest(reason: reason), token: server.token).status == 200)
    #expect(try await server.index("acme/sample").versions[1].reason == reason)
    #expect(try await server.send(.put, path, body: .bytes([0xFF]), token: server.token).status == 400)
  }
}
