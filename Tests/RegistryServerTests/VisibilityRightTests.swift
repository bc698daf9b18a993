import RegistryAPI
import RegistryStore
import Skills
import Testing

@Suite struct VisibilityRightTests {
  @Test func `a token that may not read what is private shows it to nobody`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.signUp("ada")
    let everything = try await server.newToken(of: ada)
    func token(_ rights: Set<TokenRight>) async throws -> String {
      try await server.newToken(
        of: ada, TokenScope(rights: rights, skills: [.everything], agents: [.everything]))
    }
    let (blind, seeing) = try await (token([.publishUpdate]), token([.publishUpdate, .readPrivate]))
    try await server.publish("tool", isPrivate: true, token: everything)
    func show(_ version: String, as token: String) async throws -> Int {
      let markdown = Sample.markdown("tool", version: version)
      return try await server.publish(content: markdown, metadata: #"{"is_private":false}"#, token: token).status
    }
    #expect(try await show("1.1.0", as: blind) == 403)
    #expect(try await server.send(.get, "/api/skills/ada/tool").status == 404)
    // Its work goes on where the skill stays as it is.
    #expect(try await server.publish(content: Sample.markdown("tool", version: "1.1.0"), token: blind).status == 201)
    #expect(try await show("1.1.0", as: blind) == 403)
    #expect(try await server.send(.get, "/api/skills/ada/tool").status == 404)
    #expect(try await show("1.1.0", as: seeing) == 200)
    #expect(try await server.send(.get, "/api/skills/ada/tool").status == 200)
    #expect(try await show("1.2.0", as: blind) == 201)
  }
}
