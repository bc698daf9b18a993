import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Skills
import TestSupport
import Testing

/// RFC 8628 as a table: what a device is told, whichever way it asks.
@Suite struct DeviceProtocolTests {
  enum Encoding: String, CaseIterable, CustomTestStringConvertible {
    case json = "application/json"
    case form = "application/x-www-form-urlencoded"

    var testDescription: String { rawValue }

    func body(_ fields: [(String, String)]) -> String {
      switch self {
      case .json: "{" + fields.map { #""\#($0)":"\#($1)""# }.joined(separator: ",") + "}"
      case .form: fields.map { "\($0)=\(PercentEncoding.component($1))" }.joined(separator: "&")
      }
    }
  }

  /// What has become of the login.
  enum Fate: String, CaseIterable {
    case pending, early, denied, expired, redeemed, unknown, otherDevice

    /// The word of section 3.5.
    var word: String {
      switch self {
      case .pending, .otherDevice: "authorization_pending"
      case .early: "slow_down"
      case .denied: "access_denied"
      case .expired, .redeemed, .unknown: "expired_token"
      }
    }
  }

  private static let grant = DeviceTokenRequest.grantType

  private func send(
    _ server: TestServer, _ route: Route, _ body: String, type: String
  ) async throws -> HTTPResponse {
    try await server.send(
      .post, route.rawValue, headers: ["Content-Type": .init(type)], body: .bytes(Array(body.utf8)))
  }

  private func poll(_ server: TestServer, _ code: String, _ encoding: Encoding) async throws -> HTTPResponse {
    let body = encoding.body([("grant_type", Self.grant), ("device_code", code), ("client_id", "tool")])
    return try await send(server, .deviceToken, body, type: encoding.rawValue)
  }

  /// A refusal as section 5.2 of RFC 6749 has it, which nobody keeps.
  private func expect(_ answer: HTTPResponse, _ word: String, _ place: String) throws {
    #expect(answer.status == 400, "\(place): \(answer.text)")
    #expect(answer.headers["Content-Type"]?.hasPrefix("application/json") == true, "\(place)")
    #expect(answer.headers["Cache-Control"]?.contains("no-store") == true, "\(place)")
    #expect(try answer.json()["error"] as? String == word, "\(place)")
    #expect((try answer.json()["error_description"] as? String)?.isEmpty == false, "\(place)")
  }

  private func start(_ server: TestServer) async throws -> DeviceCodes {
    try await server.store.accounts.startDeviceGrant(
      on: ClientDescription(name: "tool", address: "192.0.2.1"), at: server.clock.now)
  }

  @Test(arguments: Encoding.allCases, Fate.allCases)
  func `a question is answered with the word for what has become of the login`(
    encoding: Encoding, fate: Fate
  ) async throws {
    let server = try await TestServer.start()
    server.clock.stop()
    let accounts = server.store.accounts
    let (ada, codes) = try await (server.signUp("ada"), start(server))
    var code = codes.deviceCode.text
    switch fate {
    case .pending: break
    case .early: _ = try await poll(server, code, encoding)
    case .denied: #expect(try await accounts.deny(codes.userCode, by: ada.id, at: server.clock.now))
    case .expired: server.clock.advance(Double(codes.expiresIn))
    case .redeemed:
      #expect(try await accounts.approve(codes.userCode, by: ada.id, at: server.clock.now))
      let answer = try await poll(server, code, encoding)
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.headers["Cache-Control"]?.contains("no-store") == true)
      #expect(try answer.json()["token_type"] as? String == "Bearer")
    case .unknown: code = Secret().text
    case .otherDevice:
      let other = try await start(server)
      #expect(try await accounts.approve(other.userCode, by: ada.id, at: server.clock.now))
    }
    for _ in 0..<2 {
      try expect(try await poll(server, code, encoding), fate.word, "\(fate)")
      // Long enough for whoever was told to slow down once.
      server.clock.advance(fate == .early ? 0 : 30)
    }
  }

  @Test(arguments: Encoding.allCases)
  func `whoever was told to slow down waits longer for good`(encoding: Encoding) async throws {
    let server = try await TestServer.start()
    server.clock.stop()
    let code = try await start(server).deviceCode.text
    // Seconds before a question, and the interval that it is told to keep; nil where it came in time.
    let steps: [(Double, Int?)] = [(0, nil), (0, 10), (0, 15), (0, 20), (12, 25), (60, nil), (12, 30), (60, nil)]
    for (seconds, interval) in steps {
      server.clock.advance(seconds)
      let answer = try await poll(server, code, encoding)
      try expect(answer, interval == nil ? "authorization_pending" : "slow_down", "\(seconds) \(interval ?? 0)")
      if let interval { #expect(answer.text.contains("\(interval) seconds"), "\(answer.text)") }
    }
  }

  /// Nobody registers clients here: what one is called proves nothing (RFC 6749, section 2.2).
  @Test(arguments: Encoding.allCases, ["tool", "other", ""])
  func `a code is redeemed by whoever has it, whatever the client is called`(
    encoding: Encoding, client: String
  ) async throws {
    let server = try await TestServer.start()
    let begun = try await send(server, .deviceLogin, encoding.body([("client_id", "tool")]), type: encoding.rawValue)
    #expect(begun.status == 200, "\(begun.text)")
    let codes = try WireCoding.decode(DeviceLoginResponse.self, from: begun.body)
    let typed = try #require(UserCode(typed: codes.userCode))
    let ada = try await server.signUp("ada")
    #expect(try await server.store.accounts.approve(typed, by: ada.id, at: server.clock.now))
    let body = encoding.body([("grant_type", Self.grant), ("device_code", codes.deviceCode), ("client_id", client)])
    #expect(try await send(server, .deviceToken, body, type: encoding.rawValue).status == 200)
  }

  private static let form = Encoding.form.rawValue
  private static let json = Encoding.json.rawValue
  private static let encodedGrant = "grant_type=" + PercentEncoding.component(grant)

  /// Where it goes, what it is said to be, what it is, and the word for it.
  static let malformed: [(route: Route, type: String, body: String, word: String)] = [
    (.deviceToken, json, "{}", "invalid_request"), (.deviceToken, json, "", "invalid_request"),
    (.deviceToken, json, "[]", "invalid_request"), (.deviceToken, json, "{", "invalid_request"),
    (.deviceToken, json, #"{"device_code":7}"#, "invalid_request"),
    (.deviceToken, json, #"{"device_code":""}"#, "invalid_request"),
    (.deviceToken, json, #"{"device_code":"short"}"#, "expired_token"),
    (.deviceToken, json, #"{"grant_type":"password","device_code":"x"}"#, "unsupported_grant_type"),
    (.deviceToken, form, "", "invalid_request"), (.deviceToken, form, "device_code=x", "invalid_request"),
    (.deviceToken, form, encodedGrant, "invalid_request"),
    (.deviceToken, form, "\(encodedGrant)&device_code=", "invalid_request"),
    (.deviceToken, form, "\(encodedGrant)&device_code=x", "expired_token"),
    (.deviceToken, form, "grant_type=password&device_code=x", "unsupported_grant_type"),
    (.deviceToken, form, "\(encodedGrant)&\(encodedGrant)&device_code=x", "invalid_request"),
    (.deviceToken, form, "\(encodedGrant)&device_code=x&device_code=x", "invalid_request"),
    (.deviceToken, form, "%zz=1", "invalid_request"), (.deviceToken, form, "device_code=%ff", "invalid_request"),
    (.deviceToken, "text/plain", "\(encodedGrant)&device_code=x", "invalid_request"),
    (.deviceLogin, json, "{", "invalid_request"), (.deviceLogin, json, "7", "invalid_request"),
    (.deviceLogin, json, #"{"scope":"root"}"#, "invalid_request"),
    (.deviceLogin, form, "client_id=a&client_id=b", "invalid_request"),
    (.deviceLogin, form, "client_id=a&scope=yank&scope=call", "invalid_request"),
    (.deviceLogin, form, "client_id=a&scope=yank+root", "invalid_request"),
    (.deviceLogin, form, "client_id=%zz", "invalid_request"),
  ]

  @Test func `what is no question is refused with the word for it`() async throws {
    let server = try await TestServer.start()
    for (route, type, body, word) in Self.malformed {
      try expect(try await send(server, route, body, type: type), word, "\(route) \(type) \(body.prefix(80))")
    }
  }

  @Test(arguments: ["Content-Length: 999999999", "Content-Length: 3\r\nContent-Encoding: gzip"])
  func `a body that is not read gets the word, too`(head: String) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST /api/auth/device/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\n\(head)\r\n\r\n")
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
    #expect(answer.contains("no-store") && answer.contains("invalid_request"), "\(answer)")
  }

  @Test func `a code is found however a person types it`() async throws {
    var limits = RegistryLimits()
    limits.codesPerSession = Rate(100, perSeconds: 900)
    let server = try await TestServer.start(limits: limits)
    var browser = try await server.browser(of: "ada")
    let code = try await start(server).userCode.description
    let typed = [
      code.lowercased(), code.replacing("-", with: ""), code.replacing("-", with: " "), "  \(code)\t",
      code.map { String($0) }.joined(separator: " "), code.replacing("-", with: "--").lowercased(),
    ]
    for text in typed {
      let shown = try await browser.submit("/auth/device", [("code", text)])
      #expect(shown.status == 200, "\(text)")
      #expect(shown.text.contains("Did you start this yourself"), "\(text)")
    }
  }

  @Test func `decisions are no way around the limit of guesses`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let codes = try await start(server)
    for decision in ["approve", "deny", "approve", "deny", "approve"] {
      let wrong = try await browser.submit("/auth/device", [("code", "BCDFGHJK"), ("decision", decision)])
      #expect(wrong.status == 422)
    }
    let fields = [("code", codes.userCode.description), ("decision", "approve")]
    let locked = try await browser.submit("/auth/device", fields)
    #expect(locked.status == 429)
    let wait = try #require(locked.headers["retry-after"].flatMap { Double($0) })
    server.clock.advance(wait)
    #expect(try await browser.submit("/auth/device", fields).status == 200)
  }

  @Test func `an approval is one try, and a decision about no device is one, too`() async throws {
    var limits = RegistryLimits()
    limits.rates[.code] = Rate(3, perSeconds: 3_600)
    let server = try await TestServer.start(limits: limits)
    var browser = try await server.browser(of: "ada")
    for decision in ["approve", "deny"] {
      let code = try await start(server).userCode.description
      #expect(try await browser.submit("/auth/device", [("code", code)]).status == 200)
      #expect(try await browser.submit("/auth/device", [("code", code), ("decision", decision)]).status == 200)
    }
    let guess = [("code", "BCDFGHJK"), ("decision", "approve")]
    #expect(try await browser.submit("/auth/device", guess).status == 422)
    #expect(try await browser.submit("/auth/device", guess).status == 429)
    #expect(try await browser.submit("/auth/device", [("code", "BCDFGHJK")]).status == 429)
  }
}
