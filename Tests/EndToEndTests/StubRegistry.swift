import Foundation
import Synchronization
import TestSupport

/// Device logins, tokens, authors and subscriptions of one account `acme`, in memory.
final class StubRegistry: Sendable {
  /// How the answers of a login differ from those of a plain one.
  struct Manner: Sendable {
    /// Seconds.
    var lifetime = 900
    /// Where a login is approved, or only the path; nil for the usual page.
    var page: String?
    /// Whether nobody has to approve anything.
    var approvesAll = false
  }

  static let email = "owner@acme.example"
  /// Of every login that is approved.
  static let token = "ah_" + String(repeating: "t", count: 40)
  static let newToken = "ah_" + String(repeating: "n", count: 40)

  private let server: TestServer
  private let logins: Logins

  init(_ manner: Manner = Manner()) {
    let logins = Logins(manner)
    self.logins = logins
    server = TestServer { request, connection in
      let (status, body) = logins.answer(to: request)
      let type = status < 400 ? "application/json" : "application/problem+json"
      try connection.reply(
        status, headers: ["Content-Type: \(type)"], Array(try JSONSerialization.data(withJSONObject: body)))
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }
  var requests: [ReceivedRequest] { server.requests }

  /// What the owner of the account does on the page, with the code that a program has shown.
  func approve(_ code: String) { logins.decide(code, .approved) }
  func deny(_ code: String) { logins.decide(code, .denied) }
}

/// What the small registry remembers and answers.
private final class Logins: Sendable {
  typealias Answer = (status: Int, body: [String: Any])

  enum State {
    case pending, approved, denied, redeemed
  }

  private let manner: StubRegistry.Manner
  /// By the code that a person types, which is that of the device, too.
  private let states = Mutex([String: State]())

  init(_ manner: StubRegistry.Manner) {
    self.manner = manner
  }

  func decide(_ code: String, _ state: State) {
    states.withLock { states in
      guard states[code] == .pending else { return }
      states[code] = state
    }
  }

  func answer(to request: ReceivedRequest) -> Answer {
    let path = request.target.split(separator: "?").first.map(String.init) ?? ""
    switch "\(request.method) \(path)" {
    case "POST /api/auth/device": return begin(host: request.headers["Host"] ?? "")
    case "POST /api/auth/device/token": return redeem(request.body)
    case "GET /api/authors/resolve": return (200, Self.author)
    default: break
    }
    guard request.headers["Authorization"] != nil else { return Self.refusal(401, "unauthorized") }
    switch "\(request.method) \(path)" {
    case "GET /api/user/profile":
      let rights = ["yank", "call"]
      return (200, ["author": "acme", "email": StubRegistry.email, "author_email": NSNull(), "rights": rights])
    case "GET /api/settings/cli-tokens": return (200, ["tokens": [Self.summary]])
    case "POST /api/settings/cli-tokens": return (201, ["token": Self.summary, "secret": StubRegistry.newToken])
    case "GET /api/user/subscriptions":
      let entry: [String: Any] = ["author_id": "a1", "created_at": "2026-01-01T00:00:00Z", "author": Self.author]
      return (200, ["subscriptions": [entry]])
    case "DELETE /api/settings/cli-tokens/7", "PATCH /api/user/profile", "POST /api/authors/a1/subscribe",
      "DELETE /api/authors/a1/subscribe", "DELETE /api/user/token":
      return (200, ["success": true, "message": "done"])
    default: return Self.refusal(404, "not_found")
    }
  }

  private func begin(host: String) -> Answer {
    let code = states.withLock { states in
      let letters = Array("BCDFGHJKLMNPQRSTVWXZ")
      let code = "BCDF-GHJ\(letters[states.count % letters.count])"
      states[code] = manner.approvesAll ? .approved : .pending
      return code
    }
    let page = "http://\(host)/auth/device"
    let complete = manner.page.map { $0.hasPrefix("/") ? "http://\(host)\($0)" : $0 } ?? "\(page)?code=\(code)"
    return (
      200,
      [
        "device_code": code, "user_code": code, "verification_uri": page,
        "verification_uri_complete": complete, "expires_in": manner.lifetime, "interval": 5,
      ]
    )
  }

  private func redeem(_ body: [UInt8]) -> Answer {
    let sent = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
    let code = sent?["device_code"] as? String ?? ""
    let state = states.withLock { states in
      let state = states[code]
      if state == .approved { states[code] = .redeemed }
      return state
    }
    switch state {
    case .pending: return Self.refusal(400, "authorization_pending")
    case .denied: return Self.refusal(400, "access_denied")
    case .redeemed, nil: return Self.refusal(400, "expired_token")
    case .approved:
      let user: [String: Any] = ["id": "1", "email": StubRegistry.email, "name": "acme"]
      return (200, ["access_token": StubRegistry.token, "token_type": "Bearer", "user": user])
    }
  }

  private static var author: [String: Any] {
    ["id": "a1", "login": "friend", "name": "A Friend", "avatar_url": NSNull()]
  }

  private static var summary: [String: Any] {
    [
      "id": 7, "name": "ci", "rights": ["publish:update"], "skills": ["acme/*"], "agents": ["*"],
      "created_at": "2026-01-01T00:00:00Z", "is_current": true,
    ]
  }

  private static func refusal(_ status: Int, _ code: String) -> Answer {
    (status, ["error": code, "error_description": "the registry says \(code)"])
  }
}
