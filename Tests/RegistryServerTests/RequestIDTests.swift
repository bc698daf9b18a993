import Foundation
import RegistryAPI
import RegistryServer
import TestSupport
import Testing

/// Every failure has an id: in its head, in its body and in the log.
@Suite struct RequestIDTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let status: Int
    let request: String

    init(_ status: Int, _ head: String, body: String = "", padding: Int = 0) {
      testDescription = "\(status) \(head)"
      self.status = status
      let long = padding > 0 ? "X-Long: \(String(repeating: "x", count: padding))\r\n" : ""
      let lines = head.split(separator: "|").joined(separator: "\r\n")
      request = "\(lines)\r\nHost: x\r\nConnection: close\r\n\(long)\r\n\(body)"
    }
  }

  private static let cases: [Case] = [
    Case(404, "GET /nowhere HTTP/1.1"), Case(404, "GET /nowhere HTTP/1.1|Accept: text/html"),
    Case(405, "PUT /health HTTP/1.1"), Case(401, "GET /api/user/profile HTTP/1.1"),
    Case(403, "GET /login HTTP/1.1"), Case(422, "GET /api/search?limit=0 HTTP/1.1"),
    Case(400, "POST /api/auth/device/token HTTP/1.1|Content-Length: 2", body: "{}"),
    Case(401, "POST /api/auth/device/token HTTP/1.1|Authorization: Bearer x|Content-Length: 2", body: "{}"),
    Case(400, "GET /health HTTP/1.1|Host: y"), Case(400, "GET /health SPDY/3"),
    Case(431, "GET /health HTTP/1.1", padding: 40_000),
  ]

  @Test(arguments: cases)
  func `a failure is found in the log by what its answer says twice`(failure: Case) async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(failure.request)
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 \(failure.status)"), "\(answer.prefix(300))")
    let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1)
    let field = #/\r\nx-request-id: ([0-9a-f]+)\r\n/#.ignoresCase()
    let id = try #require(answer.firstMatch(of: field).map { String($0.output.1) })
    #expect(parts.last?.contains(id) == true, "\(answer)")
    #expect(log.text.contains(id))
  }

  @Test func `one connection too many is refused under an id`() async throws {
    var limits = RegistryLimits()
    limits.connectionsPerAddress = 1
    limits.countsLoopback = true
    let log = LogCapture()
    let server = try await TestServer.start(limits: limits, log: log)
    let answer = try await onThread {
      let first = try RawConnection(port: server.port)
      first.write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(first.reading(until: "\"ok\"").end == .found)
      let second = try RawConnection(port: server.port).read()
      return withExtendedLifetime(first) { second }
    }
    #expect(answer.hasPrefix("HTTP/1.1 429"))
    let id = try #require(
      answer.firstMatch(of: #/"request_id":"([0-9a-f]+)"/#).map { String($0.output.1) })
    #expect(answer.lowercased().contains("x-request-id: \(id)"))
    #expect(log.text.contains(id))
  }
}
