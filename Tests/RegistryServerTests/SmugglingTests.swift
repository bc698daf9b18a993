import Foundation
import RegistryServer
import TestSupport
import Testing

/// Requests that two readers could take for different ones, or one for two.
@Suite struct SmugglingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let request: String

    init(_ name: String, _ request: String) {
      testDescription = name
      self.request = request
    }

    /// A head for `/health` of these lines, and what follows it.
    static func head(_ lines: String..., then rest: String = "") -> Case {
      Case(
        lines.joined(separator: " | "), "GET /health HTTP/1.1\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + rest)
    }

    /// A chunked body as it stands.
    static func chunks(_ body: String) -> Case {
      Case(
        "chunks " + body.debugDescription,
        "POST /api/skills/latest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    }
  }

  private static let lengths: [Case] = [
    "1\r\nContent-Length: 2", "0\r\nContent-Length: 0", "0, 0", "+0", "-1", "0x0", "", "1 2", "0.0",
    "99999999999999999999", "0 \t", "zero",
  ].map { .head("Host: x", "Content-Length: \($0)", then: "GET /health HTTP/1.1\r\nHost: x\r\n\r\n") }

  private static let encodings: [Case] =
    [
      "gzip, chunked", "identity, chunked", "chunked, identity", "chunked, chunked", "identity", "xchunked",
      "\"chunked\"", "chunked;q=1", "", "\u{B}chunked", ",chunked", "chunked\r\nTransfer-Encoding: chunked",
      "chunked\r\nTransfer-Encoding: identity", "chunked\r\nContent-Length: 5", "\r\n chunked",
    ].map { .head("Host: x", "Transfer-Encoding: \($0)", then: "0\r\n\r\n") } + [
      .head("Host: x", "Content-Length: 0", "Transfer-Encoding: chunked", then: "0\r\n\r\n"),
      .head("Host: x", "Transfer-Encoding : chunked", then: "0\r\n\r\n"),
      Case("chunked in 1.0", "GET /health HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

  private static let hosts: [Case] = [
    .head(), .head("Host: x", "Host: y"), .head("Host: x", "host: x"), .head("Host:"), .head("Host: x/y"),
    .head("Host: a@x"), .head("Host: x, y"), .head("Host: x y"), .head("Host: x:99999"), .head("Host: x:http"),
    .head("Host: [::1"), .head("Host: []"), .head("Host: [x]"), .head("Host: x:1:2"), .head("Host : x"),
    .head("Host: :80"), .head("Host: x?y"), .head("Host: %78"),
    Case("two hosts in 1.0", "GET /health HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n"),
  ]

  private static let heads: [Case] =
    [
      .head(" bad: folded", "Host: x"), .head("Host: x", " bad: folded"), .head("Host: x", "X: a\r\n b"),
      .head("Host: x", "X: a\r\n\tb"), .head("Host: x\nX: y"), .head("Host: x", "X: a\rY: b"), .head("Host: x\r"),
      .head("Host: x", "X: a\0b"), .head("Host: x", "X\0: a"), .head("Host: x", "X: a\u{1}b"), .head("Host: x", ": a"),
      .head("Host: x", "nonsense"), .head("Host: x", "X Y: a"), .head("Host: x", "X\u{E9}: a"),
    ]
    + [
      "GET /health HTTP/1.1\nHost: x\n\n", "GET /health HTTP/1.1\nHost: x\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: x\r\n\n", "GET /health HTTP/1.1\rHost: x\r\n\r\n",
      "GET /health\0 HTTP/1.1\r\nHost: x\r\n\r\n", "NONSENSE\r\n\r\n", "get /health HTTP/1.1\r\nHost: x\r\n\r\n",
      "FROB /health HTTP/1.1\r\nHost: x\r\n\r\n", "GET /health\r\n\r\n", "GET /health HTTP/2.0\r\nHost: x\r\n\r\n",
      "GET /health HTTP/1.2\r\nHost: x\r\n\r\n", "GET /health HTTP/0.9\r\nHost: x\r\n\r\n",
      "GET /health HTTP/1.1x\r\nHost: x\r\n\r\n", "GET /health http/1.1\r\nHost: x\r\n\r\n",
      "GET /hea lth HTTP/1.1\r\nHost: x\r\n\r\n", "GET\t/health HTTP/1.1\r\nHost: x\r\n\r\n",
    ].map { Case($0.debugDescription, $0) }

  private static let chunked: [Case] = [
    "xyz\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "+5\r\nhello\r\n0\r\n\r\n",
    "fffffffffffffffff\r\nhello\r\n0\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n",
    "5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "5\r\nhello\n0\r\n\r\n",
    "5;a\nb\r\nhello\r\n0\r\n\r\n", "5;\0\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n", "0\r\nX Y: a\r\n\r\n",
    "0\r\n\n",
  ].map(Case.chunks)

  @Test(arguments: lengths + encodings + hosts + heads + chunked)
  func `is answered with 400 once, handled by nobody, and ends the connection`(request: Case) async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(request.request)
      return connection.reading()
    }
    #expect(answer.end == .closed)
    #expect(answer.text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "\(answer.text)")
    #expect(answer.text.contains("application/problem+json"))
    #expect(answer.text.components(separatedBy: "HTTP/1.1 ").count == 2, "\(answer.text)")
    #expect(!log.text.contains("http.path"))
  }

  @Test(arguments: [
    "GET /health HTTP/1.1\r\nHost: x:80\r\n\r\n", "GET /health HTTP/1.1\r\nhost: [::1]:7117\r\n\r\n",
    "GET /health HTTP/1.1\r\nHost: a-b_c.example:\r\n\r\n", "GET /health HTTP/1.0\r\n\r\n",
    "GET http://y/health HTTP/1.1\r\nHost: y\r\n\r\n", "\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
  ])
  func `what is only unusual is served`(request: String) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(request)
      return connection.reading(until: "\"ok\"")
    }
    #expect(answer.end == .found, "\(answer.text)")
    #expect(answer.text.hasPrefix("HTTP/1.1 200"))
  }

  @Test func `what came before a malformed request is answered first, and what comes behind it never`() async throws {
    let server = try await TestServer.start()
    let good = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    for bad in ["GET /health HTTP/1.1\r\n\r\n", "NONSENSE\r\n\r\n"] {
      let answer = try await onThread {
        let connection = try RawConnection(port: server.port)
        connection.write(good + good + bad + good)
        return connection.reading()
      }
      #expect(answer.end == .closed)
      let statuses = answer.text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
      #expect(statuses == ["200", "200", "400"], "\(answer.text)")
    }
  }

  @Test func `a body that breaks off in the middle changes nothing`() async throws {
    let server = try await TestServer.start()
    try await server.publish("sample")
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "PUT /api/skills/acme/sample/versions/1.0.0/yank HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n")
      connection.write("xyz\r\n")
      return connection.reading()
    }
    #expect(answer.text.hasPrefix("HTTP/1.1 400"))
    #expect(try await server.index("acme/sample").versions.map(\.status) == [.published])
  }

  @Test func `a body that is refused for its many pieces changes nothing, though what came of it is complete`()
    async throws
  {
    let server = try await TestServer.start()
    try await server.publish("sample")
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      let chunks = ("{}" + String(repeating: " ", count: 3_000)).map { "1\r\n\($0)\r\n" }.joined()
      connection.write(
        "PUT /api/skills/acme/sample/versions/1.0.0/yank HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\r\n")
      return connection.reading()
    }
    #expect(answer.text.hasPrefix("HTTP/1.1 400"), "\(answer.text)")
    #expect(try await server.index("acme/sample").versions.map(\.status) == [.published])
  }

  @Test(arguments: [
    ("X: \(String(repeating: "a", count: 33_000))\r\n", "/health", 431),
    ((0..<101).map { "X-\($0): 1\r\n" }.joined(), "/health", 431),
    ("", "/" + String(repeating: "a", count: 65_536), 414),
  ])
  func `too large a head is refused as such`(fields: String, path: String, status: Int) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write("GET \(path) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
      return connection.reading()
    }
    #expect(answer.text.hasPrefix("HTTP/1.1 \(status) "), "\(answer.text)")
    #expect(answer.text.contains("\"status\":\(status)"))
    #expect(answer.end == .closed)
  }
}
