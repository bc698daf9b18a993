import Foundation
import Skills
import TestSupport

extension Misbehaviour {
  private static let zeros = [UInt8](repeating: 0, count: 64 << 10)

  /// More than any answer may become.
  static let bomb = Gzip([UInt8](repeating: 0x20, count: 9 << 20)).encoded

  /// The first bytes of the archive, rightly announced, and then `end`.
  private static func half(
    _ name: String, _ end: @escaping @Sendable (TestConnection) -> Void
  ) -> Misbehaviour {
    Misbehaviour(name: name, code: .networkError) { registry in
      let archive = registry.listed("acme/probe", "2.0.0")?.archive ?? []
      registry.change {
        $0.answers["/2.0.0/download"] = { _, connection in
          try connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(archive.count)\r\n\r\n")
          try connection.send(Array(archive.prefix(archive.count / 2)))
          end(connection)
        }
      }
    }
  }

  /// The bytes of the archive on their way.
  static let bodies: [Misbehaviour] = [
    .entry("one byte changed") { $0.archive[$0.archive.count / 2] ^= 1 },
    .entry("a byte less") { $0.archive.removeLast() },
    .entry("a byte more") { $0.archive.append(0) },
    .entry("nothing at all") { $0.archive = [] },
    .entry("the archive of another version") { $0.archive = (try? FakeVersion(of: "probe", "9.9.9"))?.archive ?? [] },
    .download("endless body in chunks", .integrityError) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      while true { try connection.send(Array("10000\r\n".utf8) + zeros + Array("\r\n".utf8)) }
    },
    .download("endless body until the end of the connection", .integrityError) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
      while true { try connection.send(zeros) }
    },
    .download("body announced as huge", .integrityError) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n")
      connection.waitForEnd()
    },
    .half("connection closed within the body") { $0.close() },
    .half("connection reset within the body") { $0.close(abruptly: true) },
    .download("connection closed without an answer", .networkError) { _, connection in connection.close() },
    .download("no HTTP", .networkError) { _, connection in
      try connection.send("220 smtp.example.org ESMTP\r\n")
      connection.close()
    },
    .download("an HTML page", .integrityError) { _, connection in
      try connection.reply(200, headers: ["Content-Type: text/html"], "<html>Please log in</html>")
    },
    .download("an empty answer", .integrityError) { _, connection in try connection.send("HTTP/1.1 204 No\r\n\r\n") },
    .download("a part of it", .integrityError) { _, connection in
      try connection.reply(206, headers: ["Content-Range: bytes 0-2/500"], "abc")
    },
    .download("not modified", .unknown) { _, connection in try connection.send("HTTP/1.1 304 No\r\n\r\n") },
    .download("a bomb in the encoding", .integrityError) { _, connection in
      try connection.reply(200, headers: ["Content-Encoding: gzip"], bomb)
    },
    .download("an encoding that is none", .networkError) { _, connection in
      try connection.reply(200, headers: ["Content-Encoding: gzip"], "plain")
    },
    .download("a head and no body", .timeout) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      connection.waitForEnd()
    },
    .download("silence", .timeout) { _, connection in connection.waitForEnd() },
    .index("silence instead of the index", .timeout) { _, connection in connection.waitForEnd() },
  ]

  static let redirects: [Misbehaviour] =
    [
      .download("three hundred redirects", .networkError) { request, connection in
        try connection.reply(302, headers: ["Location: \(request.target)"])
      },
      .index("three hundred redirects of the index", .networkError) { request, connection in
        try connection.reply(302, headers: ["Location: \(request.target)"])
      },
      .index("no redirect, but several choices", .unknown) { _, connection in try connection.reply(300, "choose") },
      .index("a redirect to nowhere", .unknown) { _, connection in try connection.reply(302, "nowhere") },
      .index("a redirect to the wrong skill", .integrityError) { request, connection in
        guard request.target.hasPrefix("/index") else { return try connection.reply(404) }
        try connection.reply(200, FakeSkill(name: "acme/another").json)
      },
    ]
    + [
      "http://localhost:1/x", "http://example.org/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x",
      "http://user:secret@127.0.0.1/x", "//127.0.0.2/x",
    ].flatMap { location -> [Misbehaviour] in
      let code: ErrorCode =
        location.hasPrefix("http://l") || location.contains("example") || location.hasPrefix("//")
        ? .networkError : .usage
      let answer: FakeRegistry.Answer = { _, connection in
        try connection.reply(307, headers: ["Location: \(location)"])
      }
      return [
        .download("a redirect to \(location)", code == .usage ? .networkError : code, answer),
        .index("a redirect of the index to \(location)", code == .usage ? .networkError : code, answer),
      ]
    }

  static let statuses: [Misbehaviour] = [
    (401, ErrorCode.unauthorized), (403, .forbidden), (404, .notFound), (409, .conflict), (410, .gone),
    (413, .payloadTooLarge), (418, .unknown), (429, .tooManyRequests), (500, .internalError), (502, .unavailable),
    (503, .unavailable), (504, .unavailable), (507, .unavailable),
  ].flatMap { status, code -> [Misbehaviour] in
    [
      .index("status \(status) with a code that only we can know", code) { _, connection in
        try connection.reply(status, #"{"code":"cancelled","message":"not for you to say"}"#)
      },
      .index("status \(status) without words", code) { _, connection in try connection.reply(status) },
      .index("status \(status) and a page", code) { _, connection in try connection.reply(status, "<html>no</html>") },
      .download("status \(status) for the archive", code) { _, connection in try connection.reply(status, "no") },
      .index("status \(status) with a code of its own", status == 404 ? .notFound : .versionExists) { _, connection in
        try connection.reply(
          status, headers: ["Content-Type: application/problem+json"], #"{"code":"version_exists","message":"later"}"#)
      },
    ]
  }
}
