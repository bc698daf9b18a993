import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

/// Tickets are good once, for one agent, and only for programs.
@Suite(.timeLimit(.minutes(10))) struct TicketTests {
  /// As Node.js sends them.
  private static let fields: HTTPHeaders = ["Accept": "*/*", "Accept-Language": "*", "Sec-Fetch-Mode": "cors"]

  @Test func `of two hundred who redeem a ticket at once, one gets the token`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.create("reviewer")
    let path = Route.ticketRedemption.path([try await scene.ticket(agent).ticket])
    let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
      for index in 0..<200 {
        group.addTask {
          try await scene.server.send(index.isMultiple(of: 2) ? .post : .get, path, headers: Self.fields)
        }
      }
      return try await group.reduce(into: [HTTPResponse]()) { $0.append($1) }
    }
    let redeemed = answers.filter { $0.status == 200 }
    #expect(redeemed.count == 1)
    let messages = try Set(answers.filter { $0.status == 404 }.map { try $0.json()["message"] as? String })
    #expect(messages.count == 1 && answers.filter { $0.status == 404 }.count == 199)
    let answer = try #require(redeemed.first)
    #expect(answer.headers["Cache-Control"] == "private, no-store")
    let redemption = try WireCoding.decode(ConnectTicketRedemption.self, from: answer.body)
    #expect(redemption.agentId == agent.id && redemption.agentType == "exec")
    #expect(redemption.bridgeUrl == "ws://127.0.0.1:\(scene.server.port)/ws")
    let rights = try await scene.identity(redemption.token).scope.rights
    #expect(rights == [.connectAgent])
  }

  private static let previews: [(HTTPMethod, HTTPHeaders)] = [
    (.head, fields), (.get, [:]), (.get, ["Accept": "*/*"]), (.get, ["Sec-Fetch-Mode": "navigate"]),
    (.get, ["Accept": "text/html,application/xhtml+xml", "Sec-Fetch-Mode": "cors"]),
    (.get, ["Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "cors"]),
    (.get, ["Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "cors"]),
  ]

  @Test(arguments: previews)
  func `a preview does not use a ticket up`(method: HTTPMethod, headers: HTTPHeaders) async throws {
    let scene = try await AgentScene()
    let path = Route.ticketRedemption.path([try await scene.ticket(try await scene.create("reviewer")).ticket])
    #expect(try await scene.server.send(method, path, headers: headers).status == 404)
    #expect(try await scene.server.send(.get, path, headers: Self.fields).status == 200)
    #expect(try await scene.server.send(.get, path, headers: Self.fields).status == 404)
  }

  @Test func `a ticket of an agent that was deleted, and one that is too old, are none`() async throws {
    let scene = try await AgentScene()
    let (first, second) = (try await scene.create("first"), try await scene.create("second"))
    let (deleted, old) = (try await scene.ticket(first), try await scene.ticket(second))
    #expect(try await scene.server.send(.delete, Route.ownAgent.path([first.id]), token: scene.adaToken).status == 200)
    #expect(try await scene.server.send(.post, Route.ticketRedemption.path([deleted.ticket])).status == 404)
    scene.server.clock.advance(901)
    #expect(try await scene.server.send(.post, Route.ticketRedemption.path([old.ticket])).status == 404)
  }
}
