import Foundation
import TestSupport

/// A registry whose every text holds what a terminal would obey, or would not show.
final class HostileRegistry: Sendable {
  /// Escape sequences, controls, a turn of the writing direction, and characters without a width.
  static let evil =
    "a\u{1B}[2Jb\u{1B}]0;mine\u{07}c\nd\re\u{202E}f\u{200B}g\u{9B}31mh\u{E0041}i\u{08}\u{7F}j\u{2028}k"

  let server = TestServer { request, connection in
    let (status, body) = HostileRegistry.answer(to: request.target)
    let type = status == 200 ? "application/json" : "application/problem+json"
    try connection.reply(
      status, headers: ["Content-Type: \(type)"], Array(try JSONSerialization.data(withJSONObject: body)))
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  private static func answer(to target: String) -> (Int, [String: Any]) {
    switch target.split(separator: "?")[0] {
    case "/api/search": (200, ["skills": [skill], "count": 1])
    case "/api/skills/acme/notes": (200, skill)
    case "/api/user/skills": (200, ["owned": [skill], "authorized": [skill]])
    case "/api/user/profile": (200, ["author": evil, "email": evil, "token_expires_at": evil])
    case "/api/auth/device": (200, codes)
    case "/api/settings/cli-tokens": (200, ["tokens": [token]])
    case "/api/authors/resolve": (200, author)
    case "/api/user/subscriptions":
      (200, ["subscriptions": [["author_id": evil, "created_at": time, "author": author] as [String: Any]]])
    case "/api/skills/latest": (200, ["skills": [["name": "acme/notes", "version": evil]]])
    case "/index/acme/notes": (200, index)
    case "/api/index":
      (200, ["skills": [["name": "acme/notes", "etag": "\"x\"", "document": index] as [String: Any]]])
    default: (422, problem)
    }
  }

  private static let time = "2026-01-01T00:00:00Z"

  private static var codes: [String: Any] {
    [
      "device_code": evil, "user_code": evil, "verification_uri": evil, "verification_uri_complete": evil,
      "expires_in": 0, "interval": 5,
    ]
  }

  private static var token: [String: Any] {
    ["id": 1, "name": evil, "rights": [evil], "skills": [evil], "agents": [evil], "created_at": time]
  }

  private static var author: [String: Any] { ["id": evil, "login": evil, "name": evil, "avatar_url": evil] }

  private static var digests: [String: Any] {
    [
      "digest": "sha256:" + String(repeating: "0", count: 64),
      "tree_digest": "t1:" + Data(count: 32).base64EncodedString(),
    ]
  }

  private static var skill: [String: Any] {
    [
      "id": evil, "name": evil, "slug": evil, "author": evil, "author_login": evil, "version": evil,
      "description": evil, "versions": [evil, evil], "source": evil, "installs": 1, "is_private": true,
      "has_files": true, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    ].merging(digests) { $1 }
  }

  private static var index: [String: Any] {
    [
      "name": "acme/notes", "is_private": false,
      "versions": ["1.0.0", "1.1.0"].map { number -> [String: Any] in
        [
          "version": number, "status": "quarantined", "size": 10, "published_at": "2026-01-01T00:00:00Z",
          "dependencies": [evil], "reason": evil,
        ].merging(digests) { $1 }
      },
    ]
  }

  private static var problem: [String: Any] {
    [
      "type": evil, "title": evil, "detail": evil, "code": evil, "error": evil, "message": evil, "hint": evil,
      "request_id": evil,
      "findings": [
        ["rule": "name-missing", "severity": "error", "file": evil, "message": evil, "remedy": evil, "line": 1]
          as [String: Any]
      ],
    ]
  }
}
