import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Testing

/// Tokens that somebody has found in the open.
@Suite struct SecretReportTests {
  private func report(_ server: TestServer, _ body: String) async throws -> HTTPResponse {
    try await server.send(
      .post, Route.secretReport.rawValue, headers: ["Content-Type": "application/json"],
      body: .bytes(Array(body.utf8)))
  }

  @Test func `a report ends what is good, and is answered as one of what never was`() async throws {
    let server = try await TestServer.start()
    let found = #","type":"agent_mesh_token","url":"https://git.example/x/blob/1/a.env","source":"content","more":1}"#
    let good = try await report(server, #"[{"token":"\#(server.token)"\#(found)]"#)
    #expect(good.status == 200, "\(good.text)")
    #expect(try await server.send(.get, Route.profile.rawValue, token: server.token).status == 401)
    for text in [AccessToken().secret, server.token, "ah_x", "", "sb_\u{1F511}"] {
      let other = try await report(server, #"[{"token":"\#(text)"\#(found)]"#)
      #expect(other.status == 200)
      #expect(other.body == good.body)
    }
    #expect(try await report(server, "[]").body == good.body)
  }

  @Test func `of many in one report each ends, and other tokens do not`() async throws {
    let server = try await TestServer.start()
    let ada = try await server.signUp("ada")
    let tokens = try await [server.newToken(of: ada), server.newToken(of: ada)]
    let leaked = [tokens[0], AccessToken().secret, server.token]
    let answer = try await server.sendJSON(
      .post, Route.secretReport.rawValue, leaked.map { SecretReport(token: $0) })
    #expect(answer.status == 200)
    for token in [tokens[0], server.token] {
      #expect(try await server.send(.get, Route.profile.rawValue, token: token).status == 401)
    }
    #expect(try await server.send(.get, Route.profile.rawValue, token: tokens[1]).status == 200)
  }

  @Test func `a report has a shape and a length`() async throws {
    let server = try await TestServer.start()
    for body in ["{}", "", #"["ah_x"]"#, #"[{"type":"x"}]"#] { #expect(try await report(server, body).status == 400) }
    let many = Array(repeating: SecretReport(token: "ah_x"), count: SecretReport.maximumReports + 1)
    #expect(try await server.sendJSON(.post, Route.secretReport.rawValue, many).status == 422)
    #expect(
      try await server.sendJSON(.post, Route.secretReport.rawValue, Array(many.dropLast())).status == 200)
  }

  @Test func `reports are counted, also those from this machine`() async throws {
    var limits = RegistryLimits()
    limits.rates[.secretReport] = Rate(1, perSeconds: 3_600)
    let server = try await TestServer.start(limits: limits)
    #expect(try await report(server, "[]").status == 200)
    let refused = try await report(server, "[]")
    #expect(refused.status == 429)
    #expect(refused.headers["Retry-After"].flatMap { Int($0) }.map { $0 > 3_000 } == true)
  }
}
