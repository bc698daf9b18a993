import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Testing

/// Signing in from a program, as RFC 8628 has it and as clients of 0.19 ask.
@Suite struct DeviceLoginTests {
  private static let form: HTTPHeaders = ["Content-Type": "application/x-www-form-urlencoded"]

  private func start(_ server: TestServer) async throws -> DeviceLoginResponse {
    let info = DeviceLoginRequest.ClientInfo(deviceName: "CLI linux", os: "linux", version: "unknown")
    let answer = try await server.sendJSON(.post, "/api/auth/device", DeviceLoginRequest(clientInfo: info))
    #expect(answer.status == 200, "\(answer.text)")
    #expect(answer.headers["Cache-Control"]?.contains("no-store") == true)
    return try WireCoding.decode(DeviceLoginResponse.self, from: answer.body)
  }

  private func poll(_ server: TestServer, _ code: String) async throws -> HTTPResponse {
    try await server.sendJSON(
      .post, "/api/auth/device/token", DeviceTokenRequest(grantType: nil, deviceCode: code))
  }

  /// What a poll says after the device has waited as long as it was told to.
  private func error(_ server: TestServer, _ code: String, after seconds: Double = 6) async throws -> String? {
    server.clock.advance(seconds)
    let answer = try await poll(server, code)
    #expect(answer.status == 400, "\(answer.text)")
    #expect(answer.headers["Cache-Control"]?.contains("no-store") == true)
    return try answer.json()["error"] as? String
  }

  @Test func `the link of a fresh registry leads to a token that publishes, and its skill has a page`() async throws {
    let server = try await TestServer.start()
    let secret = try #require(try await server.store.accounts.inviteFirstAccount(at: server.clock.now))
    var browser = TestBrowser(server)
    // A preview of the link does not use it up.
    for _ in 0..<2 { #expect(try await browser.get("/link/\(secret.text)").status == 200) }
    let made = try await browser.submit(
      "/link/\(secret.text)", [("handle", "ada"), ("display_name", "Ada"), ("password", "correct horse")])
    #expect(made.status == 303, "\(made.text)")
    #expect(try await browser.get("/link/\(secret.text)").status == 404)

    let codes = try await start(server)
    #expect(codes.verificationUri == server.url + "/auth/device")
    #expect(codes.verificationUriComplete == "\(codes.verificationUri)?code=\(codes.userCode)")
    #expect(codes.expiresIn == 900 && codes.interval == 5)
    #expect(try await error(server, codes.deviceCode, after: 0) == "authorization_pending")
    let asked = try await browser.get("/auth/device?code=\(codes.userCode)")
    #expect(asked.status == 200)
    #expect(!asked.text.contains(codes.userCode))
    let shown = try await browser.submit("/auth/device", [("code", codes.userCode.lowercased())])
    for text in ["CLI linux", "127.0.0.1", "publish new skills", "Did you start this yourself"] {
      #expect(shown.text.contains(text), "\(text)")
    }
    #expect(try await error(server, codes.deviceCode) == "authorization_pending")
    let approved = try await browser.submit("/auth/device", [("code", codes.userCode), ("decision", "approve")])
    #expect(approved.status == 200)
    server.clock.advance(6)
    let answer = try await poll(server, codes.deviceCode)
    #expect(answer.status == 200, "\(answer.text)")
    let token = try WireCoding.decode(DeviceTokenResponse.self, from: answer.body)
    #expect(token.tokenType == "Bearer" && token.user.name == "Ada")
    #expect(try await error(server, codes.deviceCode) == "expired_token")

    try await server.publish("reviewer", description: "Reads changes.", token: token.accessToken)
    let page = try await browser.get("/authors/ada/skills/reviewer")
    #expect(page.status == 200)
    #expect(page.text.contains("agent-mesh skills install ada/reviewer"))
    #expect(try await browser.get("/authors/ada").text.contains("/authors/ada/skills/reviewer"))
    #expect(try await browser.get("/").text.contains("/authors/ada/skills/reviewer"))
  }

  @Test func `a device that is refused, or waits too long, gets no token`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let refused = try await start(server)
    _ = try await browser.submit("/auth/device", [("code", refused.userCode), ("decision", "deny")])
    #expect(try await error(server, refused.deviceCode) == "access_denied")
    let late = try await start(server)
    #expect(try await error(server, late.deviceCode, after: 901) == "expired_token")
    let answer = try await browser.submit("/auth/device", [("code", late.userCode), ("decision", "approve")])
    #expect(answer.status == 422)
  }

  @Test func `a device that asks too soon has to wait longer from then on`() async throws {
    let server = try await TestServer.start()
    let codes = try await start(server)
    #expect(try await error(server, codes.deviceCode, after: 0) == "authorization_pending")
    #expect(try await error(server, codes.deviceCode, after: 1) == "slow_down")
    #expect(try await error(server, codes.deviceCode, after: 6) == "slow_down")
    #expect(try await error(server, codes.deviceCode, after: 60) == "authorization_pending")
  }

  @Test func `one of many polls after the approval gets the token`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let codes = try await start(server)
    _ = try await browser.submit("/auth/device", [("code", codes.userCode), ("decision", "approve")])
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<100 { group.addTask { try await poll(server, codes.deviceCode).status } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses.filter { $0 == 200 }.count == 1)
    #expect(statuses.allSatisfy { $0 == 200 || $0 == 400 })
    let ada = try #require(try await server.store.accounts.account(.init(parsing: "ada")))
    #expect(try await server.store.accounts.tokens(of: ada.handle)?.count == 1)
  }

  private static let grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"

  @Test(arguments: [
    ("\(grant)&device_code=\(String(repeating: "a", count: 43))", "expired_token"),
    ("\(grant)&device_code=short", "expired_token"), (grant, "invalid_request"), ("device_code=x", "invalid_request"),
    ("grant_type=password&device_code=x", "unsupported_grant_type"), ("\(grant)&\(grant)", "invalid_request"),
    ("%zz=1", "invalid_request"), ("", "invalid_request"),
  ])
  func `a form that asks for nothing that is there gets the word of the RFC`(
    body: String, word: String
  ) async throws {
    let server = try await TestServer.start()
    let answer = try await server.send(
      .post, "/api/auth/device/token", headers: Self.form, body: .bytes(Array(body.utf8)))
    #expect(answer.status == 400)
    #expect(try answer.json()["error"] as? String == word)
    #expect(answer.headers["Cache-Control"]?.contains("no-store") == true)
    #expect(answer.headers["Content-Type"]?.hasPrefix("application/json") == true)
  }

  @Test func `a form begins a login with the rights that it names, and none that there are not`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    func begin(_ body: String) async throws -> HTTPResponse {
      try await server.send(.post, "/api/auth/device", headers: Self.form, body: .bytes(Array(body.utf8)))
    }
    #expect(try await begin("client_id=tool&scope=root").status == 400)
    let answer = try await begin("client_id=tool&scope=yank+call")
    let codes = try WireCoding.decode(DeviceLoginResponse.self, from: answer.body)
    let shown = try await browser.submit("/auth/device", [("code", codes.userCode)])
    #expect(shown.text.contains("yank and withdraw") && !shown.text.contains("publish new skills"))
    _ = try await browser.submit("/settings", [("email", "ada@example.org")])
    _ = try await browser.submit("/auth/device", [("code", codes.userCode), ("decision", "approve")])
    server.clock.advance(6)
    let granted = try await poll(server, codes.deviceCode)
    #expect(granted.status == 200 && !granted.text.contains("ada@example.org"), "\(granted.text)")
  }

  @Test func `codes cannot be guessed in a session, at once or one after the other`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let codes = try await start(server)
    for _ in 0..<5 {
      let wrong = try await browser.submit("/auth/device", [("code", "BCDFGHJK")])
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("No device waits"))
    }
    let locked = try await browser.submit("/auth/device", [("code", codes.userCode)])
    #expect(locked.status == 429)
    #expect(locked.headers["retry-after"].flatMap { Int($0) }.map { $0 > 0 } == true)
  }
}
