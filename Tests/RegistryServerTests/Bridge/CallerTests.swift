import HTTPTransport
import RegistryStore
import Skills
import TestSupport
import Testing

/// Who an agent is told that its callers are.
@Suite struct CallerTests {
  @Test func `of the owners of an organisation only the one who has connected its agent is its owner`() async throws {
    let server = try await TestServer.start()
    let (ann, bob) = (try await server.signUp("ann"), try await server.signUp("bob"))
    let (accounts, now) = (server.store.accounts, server.clock.now)
    let guild = try await accounts.createOrganisation(
      try AuthorName(parsing: "guild"), displayName: nil, by: ann.id, at: now)
    try await accounts.setRole(.owner, of: bob.handle, in: guild, by: ann.id, at: now)
    let tokens = [try await server.newToken(of: ann), try await server.newToken(of: bob)]
    let presented = try #require(AccessToken(presented: tokens[0]))
    let identity = try #require(try await accounts.identity(presenting: presented, at: now))
    let new = try NewAgent(author: guild.name, name: "helper", agentType: "exec")
    let id = try await server.store.agents.create(new, by: identity, at: now).id.rawValue
    let socket = try await server.connect(TestAgent(id: id, token: tokens[1]))
    for (token, caller) in zip(tokens, [#""ann","is_owner":false"#, #""bob","is_owner":true"#]) {
      let answer = try await AgentTask.call(server, TestAgent(id: id, token: token))
      #expect(answer.status == 202, "\(answer.text)")
      let message = try await onThread { socket.text(containing: "\"message\"") }
      #expect(message?.contains(#""caller":{"account":\#(caller)}"#) == true, "\(message ?? "none")")
    }
  }
}
