import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Testing

@testable import RegistryServer

/// What a platform may have relayed, which has a secret, or nothing at all.
@Suite struct PlatformTests {
  private static let secret = String(repeating: "s", count: 32)

  private func status(_ scene: AgentScene, _ row: Endpoint, secret: String?) async throws -> Int {
    let method: HTTPMethod = row.method == .get ? .get : .post
    var headers: HTTPHeaders = [:]
    headers["X-Platform-Secret"] = secret
    return try await scene.server.send(method, row.route.rawValue, headers: headers).status
  }

  @Test(arguments: PlatformEndpoint.allCases.map(\.row))
  func `without a configured secret there is nothing, and with one it has to be right`(row: Endpoint) async throws {
    let without = try await AgentScene()
    #expect(try await status(without, row, secret: Self.secret) == 404)
    let scene = try await AgentScene { $0.platformSecret = PlatformSecret(Self.secret) }
    #expect(try await status(scene, row, secret: nil) == 401)
    #expect(try await status(scene, row, secret: "") == 401)
    #expect(try await status(scene, row, secret: Self.secret + "s") == 401)
    #expect([400, 422].contains(try await status(scene, row, secret: Self.secret)))
  }

  @Test(arguments: [(1 << 20, 404, "agent_offline"), (6 << 20, 413, "payload_too_large")])
  func `what is relayed may have 5 MiB, and an agent that is away is not found`(
    bytes: Int, status: Int, code: String
  ) async throws {
    let scene = try await AgentScene { $0.platformSecret = PlatformSecret(Self.secret) }
    let agent = try await scene.published("reviewer")
    let body = RelayRequest(
      agentId: agent.id, sessionId: "s", requestId: "r", content: String(repeating: "x", count: bytes))
    let answer = try await scene.server.send(
      .post, Route.platformRelay.rawValue,
      headers: ["X-Platform-Secret": .init(Self.secret), "Content-Type": "application/json"],
      body: .bytes(WireCoding.encode(body)))
    #expect(answer.status == status)
    #expect(try answer.json()["code"] as? String == code)
  }

  @Test func `a platform is told which agents a token has connected`() async throws {
    let scene = try await AgentScene { $0.platformSecret = PlatformSecret(Self.secret) }
    let agent = try await scene.server.newAgent(token: scene.adaToken)
    let socket = try await scene.server.connect(agent)
    func connected(by token: String) async throws -> [String] {
      let answer = try await scene.server.send(
        .post, Route.platformConnections.rawValue,
        headers: ["X-Platform-Secret": .init(Self.secret), "Content-Type": "application/json"],
        body: .bytes(WireCoding.encode(TokenConnectionQuery(tokenHash: Digest(of: token.utf8).hexadecimal))))
      return try WireCoding.decode(TokenConnections.self, from: answer.body).agents.map(\.agentId)
    }
    #expect(try await connected(by: scene.adaToken) == [agent.id])
    #expect(try await connected(by: scene.bobToken).isEmpty)
    withExtendedLifetime(socket) {}
  }

  @Test(arguments: [(31, false), (32, true), (512, true), (513, false)])
  func `a secret is long enough, and printed nowhere`(length: Int, isTaken: Bool) throws {
    let text = String(repeating: "q", count: length)
    let file = "platform_secret = \(text)"
    do throws(ConfigurationFaults) {
      let configuration = try RegistryConfiguration(file: file, environment: [:])
      #expect(isTaken && configuration.platformSecret?.matches(text) == true)
      #expect(ConfigurationKey.all.allSatisfy { !$0.value(in: configuration).contains("qq") })
      #expect(!"\(configuration)".contains("qq"))
    } catch {
      #expect(!isTaken && !error.all.contains { $0.description.contains("qq") })
    }
  }
}
