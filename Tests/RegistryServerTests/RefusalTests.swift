import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import Skills
import TestSupport
import Testing

@Suite struct RefusalTests {
  @Test func `every failure is problem+json that older clients can read, too`() async throws {
    let server = try await TestServer.start()
    let cases: [(HTTPMethod, String, Int, String)] = [
      (.get, "/nothing/here", 404, "not_found"),
      (.get, "/api/skills/acme/none", 404, "not_found"),
      (.get, "/api/skills/ACME/none", 422, "validation_error"),
      (.get, "/index/%2e%2e/x", 422, "validation_error"),
      (.put, "/health", 405, "method_not_allowed"),
      (.get, "/api/user/skills", 401, "unauthorized"),
      (.post, "/api/skills/publish", 401, "unauthorized"),
      (.post, "/api/skills/latest", 400, "invalid_request"),
      (.delete, "/api/user/token", 401, "unauthorized"),
    ]
    for (method, path, status, code) in cases {
      let answer = try await server.send(method, path)
      #expect(answer.status == status, "\(path)")
      #expect(answer.headers["Content-Type"] == ErrorBody.mediaType, "\(path)")
      let body = try answer.json()
      #expect(body["error"] as? String == code, "\(path)")
      #expect(body["status"] as? Int == status)
      #expect((body["message"] as? String)?.isEmpty == false)
      #expect((body["request_id"] as? String)?.isEmpty == false)
    }
    #expect(try await server.send(.put, "/health").headers["Allow"] == "GET, HEAD")
  }

  @Test(arguments: ["PROPFIND", "LOCK", "TRACE", "OPTIONS", "M-SEARCH"])
  func `a method that no path takes is answered with those that this one takes`(method: String) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write("\(method) /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 405"))
    #expect(answer.contains("Allow: GET, HEAD\r\n"))
  }

  @Test(arguments: [Route.latest, .indexBatch])
  func `a compressed body and too many names are refused alike everywhere`(route: Route) async throws {
    let server = try await TestServer.start()
    let packed = try await server.send(
      .post, route.rawValue, headers: ["Content-Encoding": "gzip"], body: .bytes([0x1F, 0x8B]))
    #expect(packed.status == 415)
    #expect(try packed.json()["code"] as? String == "unsupported_media_type")
    let names = Array(repeating: "acme/one", count: 501)
    let many =
      route == .latest
      ? try await server.sendJSON(.post, route.rawValue, LatestRequest(skills: names))
      : try await server.sendJSON(.post, route.rawValue, IndexBatchRequest(skills: names.map { .init(name: $0) }))
    #expect(many.status == 422)
    #expect(try many.json()["code"] as? String == "validation_error")
  }

  @Test(arguments: [
    ("application/json", 200), ("application/json; charset=utf-8", 200), ("Application/JSON;x=y", 200),
    ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("multipart/form-data; boundary=x", 415),
    ("application/jsonp", 415),
  ])
  func `a body is read as JSON unless it says that it is something else`(type: String, status: Int) async throws {
    let server = try await TestServer.start()
    let body = HTTPBody.bytes(Array(#"{"skills":[]}"#.utf8))
    let answer = try await server.send(.post, Route.latest.rawValue, headers: ["Content-Type": type], body: body)
    #expect(answer.status == status)
  }

  @Test(arguments: ["Bearer  ", "bearer   ", "BEARER "])
  func `a scheme in any case and any number of spaces name a token`(scheme: String) async throws {
    let server = try await TestServer.start()
    let headers = "Host: x\r\nAuthorization: \(scheme)\(server.token)\r\nConnection: close\r\n\r\n"
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write("GET /api/user/profile HTTP/1.1\r\n" + headers)
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 200"))
  }

  @Test func `a token that ends itself is refused from then on, and no other is`() async throws {
    let server = try await TestServer.start()
    let author = try AuthorName(parsing: "acme")
    let other = try #require(try await server.store.accounts.createToken(for: author, at: Date(), expiringAt: nil))
    let answer = try await server.send(.delete, "/api/user/token", token: server.token)
    #expect(answer.status == 204)
    #expect(answer.body.isEmpty)
    #expect(try await server.send(.get, Route.profile.rawValue, token: server.token).status == 401)
    #expect(try await server.send(.delete, "/api/user/token", token: server.token).status == 401)
    #expect(try await server.send(.get, Route.profile.rawValue, token: other.secret).status == 200)
  }

  @Test func `tokens that do not count all get the same answer`() async throws {
    let server = try await TestServer.start()
    let plausible = String(server.token.reversed().drop { $0 == "x" }.reversed())
    var answers: Set<String> = []
    for token in ["ah_x", "nonsense", plausible.replacingOccurrences(of: "ah_", with: "sb_"), server.token + "x"] {
      let answer = try await server.send(.get, "/api/user/skills", token: token)
      #expect(answer.status == 401)
      answers.insert(answer.text.replacing(/"request_id":"[^"]*"/, with: ""))
    }
    #expect(answers.count == 1)
    #expect(try await server.send(.get, "/api/user/skills", token: server.token).status == 200)
  }

  @Test func `an upload over the limit is refused before it is read, and ends the connection`() async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST /api/skills/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 999999999\r\n\r\n")
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 413"))
    #expect(answer.contains("file_too_large"))
  }

  @Test(
    arguments: [Route.publish, .indexBatch, .latest], ["9223372036854775808", "18446744073709551615", "999999999"])
  func `a length that no body may have is refused at once`(route: Route, length: String) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST \(route.rawValue) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: \(length)\r\n\r\n")
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 413"), "\(answer)")
  }

  @Test func `a chunked upload is cut at the limit that is counted on its bytes`() async throws {
    var limits = RegistryLimits()
    limits.archive.compressedBytes = 100_000
    let server = try await TestServer.start(limits: limits)
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST /api/skills/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n")
      let head = "--b\r\nContent-Disposition: form-data; name=\"package\"; filename=\"x\"\r\n\r\n"
      connection.write("\(String(head.utf8.count, radix: 16))\r\n\(head)\r\n")
      for _ in 0..<1_000 where connection.write("4000\r\n\(String(repeating: "x", count: 0x4000))\r\n") {}
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 413"), "\(answer.prefix(200))")
    #expect(try await server.keeps(0))
  }

  @Test(arguments: [
    ("Content-Type: application/json", 415), ("Content-Type: multipart/form-data", 415),
    ("Content-Type: multipart/form-data; boundary=b\r\nContent-Encoding: gzip", 415),
    ("Content-Type: multipart/form-data; boundary=b", 400),
  ])
  func `a body that is no form is refused`(headers: String, status: Int) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST /api/skills/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "\(headers)\r\nContent-Length: 7\r\n\r\nno form")
      return connection.read(until: "\r\n\r\n{")
    }
    #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
  }

  @Test func `a body that stops coming ends the connection`() async throws {
    var limits = RegistryLimits()
    limits.stallTimeout = 1
    let server = try await TestServer.start(limits: limits)
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST /api/skills/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\n")
      return connection.reading()
    }
    #expect(answer.end != .timeout)
    #expect(!answer.text.contains("201"))
    #expect(try await server.keeps(0))
  }

  @Test func `a client that waits for permission gets it once it is known, and no earlier`() async throws {
    let server = try await TestServer.start()
    func ask(_ token: String) async throws -> String {
      try await onThread {
        let connection = try RawConnection(port: server.port)
        connection.write(
          "POST /api/skills/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nExpect: 100-continue\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 50\r\n\r\n")
        return connection.read(until: "\r\n\r\n")
      }
    }
    let welcome = try await ask(server.token)
    #expect(welcome.hasPrefix("HTTP/1.1 100"))
    let refusal = try await ask("ah_wrong")
    #expect(refusal.hasPrefix("HTTP/1.1 401"))
  }

  @Test(arguments: ["GET /health", "GET /api/skills/a/b", "DELETE /health"])
  func `a body that goes on after the answer ends the connection`(request: String) async throws {
    let server = try await TestServer.start()
    let sent = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write("\(request) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
      let chunk = "10000\r\n\(String(repeating: "x", count: 0x10000))\r\n"
      var count = 0
      while count < 2_000, connection.write(chunk) { count += 1 }
      return count
    }
    // 2,000 chunks are 125 MiB; far fewer are swallowed.
    #expect(sent < 1_000)
  }

  @Test func `a field that stands in a form twice is refused`() async throws {
    let server = try await TestServer.start()
    let part = "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n\(Sample.markdown())\r\n"
    let answer = try await server.send(
      .post, Route.publish.rawValue, headers: ["Content-Type": "multipart/form-data; boundary=b"],
      body: .bytes(Array((part + part + "--b--\r\n").utf8)), token: server.token)
    #expect(answer.status == 400)
  }

  @Test func `a client that wants the connection closed sees it closed`() async throws {
    let server = try await TestServer.start()
    for header in ["close", "Close"] {
      let answer = try await onThread {
        let connection = try RawConnection(port: server.port)
        connection.write("GET /health HTTP/1.1\r\nHost: x\r\nConnection: \(header)\r\n\r\n")
        return connection.reading()
      }
      #expect(answer.text.hasPrefix("HTTP/1.1 200"))
      #expect(answer.end == .closed)
    }
  }

  @Test func `a request that is sent ahead in pieces is answered like any other`() async throws {
    let server = try await TestServer.start()
    let body = #"{"skills":["acme/none"]}"#
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "GET /health HTTP/1.1\r\nHost: x\r\n\r\nPOST /api/skills/latest HTTP/1.1\r\nHost: x\r\n"
          + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body.prefix(5))")
      let first = connection.read(until: "}")
      connection.write(String(body.dropFirst(5)))
      return first + connection.read()
    }
    #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 3, "\(answer)")
  }
}
