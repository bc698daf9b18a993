import Foundation
import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct LoginTests {
  private static let codes = DeviceLoginResponse(
    deviceCode: "code of the device", userCode: "BCDF-GHJK", verificationUri: "https://registry.example/auth/device",
    verificationUriComplete: "https://registry.example/auth/device?code=BCDF-GHJK", expiresIn: 900, interval: 5)
  private static let token =
    #"{"access_token":"ah_made","token_type":"Bearer","user":{"id":"1","email":null,"name":"acme"}}"#

  /// Answers one request after the other, and the last one for ever.
  private func server(_ answers: [(status: Int, headers: [String], body: String)]) -> TestServer {
    let log = Log<Int>()
    return TestServer { _, connection in
      let number = min(log.values.count, answers.count - 1)
      log.add(number)
      try connection.reply(answers[number].status, headers: answers[number].headers, answers[number].body)
    }
  }

  private func refusal(_ code: String) -> (status: Int, headers: [String], body: String) {
    (400, [], #"{"error":"\#(code)","error_description":"because"}"#)
  }

  @Test func `a login is asked for as older clients do, and without a token`() async throws {
    let body = try WireCoding.encode(Self.codes)
    let server = TestServer { _, connection in try connection.reply(200, body) }
    let info = DeviceLoginRequest.ClientInfo(deviceName: "agent-mesh on x", os: "linux", version: "1")
    let codes = try await client(at: server.address).startLogin(info)
    #expect(codes.userCode == "BCDF-GHJK" && codes.interval == 5)
    let request = try #require(server.requests.first)
    #expect("\(request.method) \(request.target)" == "POST /api/auth/device")
    #expect(request.headers["Authorization"] == nil)
    let sent = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: [String: String]]
    #expect(sent == ["client_info": ["device_name": "agent-mesh on x", "os": "linux", "version": "1"]])
  }

  @Test(arguments: [404, 405, 501])
  func `a registry without such a login is told from one that refuses it`(status: Int) async throws {
    let server = TestServer { _, connection in try connection.reply(status) }
    let info = DeviceLoginRequest.ClientInfo(deviceName: nil, os: nil, version: nil)
    let error = await failure { try await client(at: server.address).startLogin(info) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("no login in a browser") == true)
  }

  @Test func `the token comes after the answers that ask for patience`() async throws {
    let server = server([
      refusal("authorization_pending"), refusal("slow_down"), (503, ["Retry-After: 30"], "busy"),
      (429, [], #"{"error":"too_many_requests","message":"m"}"#), refusal("authorization_pending"),
      (200, [], Self.token),
    ])
    let (clock, answers) = (ManualClock(), Log<DevicePolling.Answer>())
    let granted = try await client(at: server.address).finishLogin(Self.codes, clock: clock) { answers.add($0) }
    #expect(granted.accessToken == "ah_made" && granted.user.name == "acme")
    #expect(
      answers.values == [
        .pending, .slowDown, .unavailable(retryAfter: .seconds(30)), .unavailable(retryAfter: nil), .pending,
      ])
    // At 5, 10, 20, 50, 90 and 100 seconds.
    #expect(clock.now.offset == .seconds(100))
    for request in server.requests {
      #expect(request.target == "/api/auth/device/token" && request.headers["Authorization"] == nil)
      let body = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: String]
      #expect(body?["device_code"] == "code of the device")
    }
  }

  @Test func `a registry at which many wait is asked as seldom as it wants`() async throws {
    let server = server([refusal("authorization_pending"), refusal("slow_down"), (200, [], Self.token)])
    var codes = Self.codes
    codes.interval = 25
    let clock = ManualClock()
    _ = try await client(at: server.address).finishLogin(codes, clock: clock)
    // At 25, 50 and 80 seconds.
    #expect(clock.now.offset == .seconds(80))
  }

  @Test(arguments: [
    ("access_denied", ErrorCode.accessDenied), ("expired_token", .expiredToken), ("invalid_request", .invalidRequest),
    ("internal_error", .internalError), ("out_of_coffee", .unknown),
  ])
  func `any other answer ends the login`(code: String, expected: ErrorCode) async throws {
    let server = server([refusal("authorization_pending"), refusal(code)])
    let error = await failure {
      try await client(at: server.address).finishLogin(Self.codes, clock: ManualClock())
    }
    #expect(error?.code == expected)
    #expect(server.requests.count == 2)
  }

  @Test func `nobody is waited for longer than the codes count, also when the registry is gone`() async throws {
    let clock = ManualClock()
    let error = await failure {
      try await client(at: "http://127.0.0.1:\(TestServer.closedPort())").finishLogin(Self.codes, clock: clock)
    }
    #expect(error?.code == .expiredToken)
    #expect(clock.now.offset == .seconds(900))
  }

  @Test func `a token that another registry gives is not taken`() async throws {
    let codes = String(decoding: try WireCoding.encode(Self.codes), as: UTF8.self)
    let other = TestServer { request, connection in
      try connection.reply(200, request.target == "/token" ? Self.token : codes)
    }
    let server = TestServer { request, connection in
      let path = request.target.hasSuffix("token") ? "/token" : "/codes"
      try connection.reply(302, headers: ["Location: \(other.address)\(path)"])
    }
    let client = try client(at: server.address)
    let info = DeviceLoginRequest.ClientInfo(deviceName: nil, os: nil, version: nil)
    let first = await failure { try await client.startLogin(info) }
    #expect(first?.code == .forbidden)
    #expect(first?.hint?.contains(other.address) == true)
    let second = await failure { try await client.finishLogin(Self.codes, clock: ManualClock()) }
    #expect(second?.code == .forbidden)
  }

  @Test func `tokens are listed, made and revoked by their numbers`() async throws {
    let server = TestServer { request, connection in
      let summary =
        #"{"id":7,"name":"ci","rights":["yank","of:tomorrow"],"skills":["acme/*"],"agents":["*"],"#
        + #""created_at":"2026-01-01T00:00:00Z","last_used_at":null}"#
      switch request.method {
      case "POST": try connection.reply(201, #"{"token":\#(summary),"secret":"ah_new"}"#)
      case "DELETE": try connection.reply(204)
      default: try connection.reply(200, #"{"tokens":[\#(summary)]}"#)
      }
    }
    let client = try client(at: server.address, token: "ah_old")
    let listed = try #require(try await client.tokens().first)
    #expect(listed.id == 7 && listed.rights == ["yank", "of:tomorrow"] && listed.expiresAt == nil)
    let made = try await client.createToken(TokenRequest(name: "ci", rights: ["yank"], expiresInDays: 30))
    #expect(made.secret == "ah_new")
    try await client.revokeToken(7)
    #expect(
      server.requests.map { "\($0.method) \($0.target)" } == [
        "GET /api/settings/cli-tokens", "POST /api/settings/cli-tokens", "DELETE /api/settings/cli-tokens/7",
      ])
    let sent = String(decoding: server.requests[1].body, as: UTF8.self)
    #expect(sent == #"{"expires_in_days":30,"name":"ci","rights":["yank"]}"#)
  }
}
