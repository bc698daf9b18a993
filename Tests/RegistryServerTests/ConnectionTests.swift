import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import TestSupport
import Testing

/// What one client may take of a server's connections and time.
@Suite struct ConnectionTests {
  private static let health = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"

  private func limits(_ change: (inout RegistryLimits) -> Void) -> RegistryLimits {
    var limits = RegistryLimits()
    change(&limits)
    return limits
  }

  private func uploadHead(_ server: TestServer, length: Int) -> String {
    "POST /api/skills/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
      + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: \(length)\r\n\r\n"
  }

  /// Writes one byte after the other until the other side has gone.
  private func drip(_ connection: RawConnection) {
    let deadline = ContinuousClock.now + .seconds(60)
    while connection.write("x"), ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.1) }
  }

  @Test func `one address has no more connections than it may, and others again once it closes some`() async throws {
    let server = try await TestServer.start(
      limits: limits {
        $0.connectionsPerAddress = 3
        $0.countsLoopback = true
      })
    let held = try await onThread {
      try (0..<3).map { _ in
        let connection = try RawConnection(port: server.port)
        connection.write(Self.health)
        #expect(connection.reading(until: "\"ok\"").end == .found)
        return connection
      }
    }
    let surplus = try await onThread { try RawConnection(port: server.port).reading() }
    #expect(surplus.text.hasPrefix("HTTP/1.1 429"), "\(surplus.text)")
    #expect(surplus.text.contains("too_many_requests"))
    #expect(surplus.text.contains("Retry-After: 10\r\n"))
    #expect(surplus.end == .closed)
    // Those that are open go on, and one that is closed makes room.
    let isServed = try await onThread {
      held[0].write("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      #expect(held[0].reading().end == .closed)
      let deadline = ContinuousClock.now + .seconds(60)
      while ContinuousClock.now < deadline {
        let connection = try RawConnection(port: server.port)
        connection.write(Self.health)
        if connection.reading(until: "\"ok\"").end == .found { return true }
      }
      return false
    }
    #expect(isServed)
    withExtendedLifetime(held) {}
  }

  @Test func `this machine has as many connections as there are, for a proxy speaks for everybody`() async throws {
    let server = try await TestServer.start(limits: limits { $0.connectionsPerAddress = 1 })
    let connections = try await onThread {
      try (0..<5).map { _ in
        let connection = try RawConnection(port: server.port)
        connection.write(Self.health)
        return connection
      }
    }
    let ends = await onThreadWithoutFailure { connections.map { $0.reading(until: "\"ok\"").end } }
    #expect(ends == Array(repeating: .found, count: 5))
  }

  private func onThreadWithoutFailure<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: work()) }
    }
  }

  @Test func `a connection that rests too long is closed`() async throws {
    let server = try await TestServer.start(limits: limits { $0.idleTimeout = 1 })
    let end = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(Self.health)
      #expect(connection.reading(until: "\"ok\"").end == .found)
      return connection.reading().end
    }
    #expect(end == .closed)
  }

  @Test(arguments: [false, true])
  func `a head that drips in ends the connection, the first and any later one`(isLater: Bool) async throws {
    let server = try await TestServer.start(
      limits: limits {
        $0.headTimeout = 1
        $0.idleTimeout = 600
      })
    let end = try await onThread {
      let connection = try RawConnection(port: server.port)
      if isLater {
        connection.write(Self.health)
        #expect(connection.reading(until: "\"ok\"").end == .found)
      }
      connection.write("GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ")
      drip(connection)
      return connection.reading()
    }
    #expect(end.end != .timeout)
    #expect(!end.text.contains("200"))
  }

  /// Slower than the slowest that is taken; longer than any may take, however it flows.
  @Test(arguments: [(stall: 2, rate: 1 << 20, whole: 600), (stall: 60, rate: 0, whole: 1)])
  func `a body that drips ends the connection`(stall: Int, rate: Int, whole: Int) async throws {
    let server = try await TestServer.start(
      limits: limits {
        $0.stallTimeout = stall
        $0.minimumBodyRate = rate
        $0.bodyTimeout = whole
      })
    let head = uploadHead(server, length: 50_000)
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(head + "--b\r\n")
      drip(connection)
      return connection.reading()
    }
    #expect(answer.end != .timeout)
    #expect(!answer.text.contains("201"))
    #expect(try await server.keeps(0))
  }

  @Test(arguments: [(padding: 1_000, status: 200), (padding: 20_000, status: 400)])
  func `a body in single bytes is taken up to a number of pieces`(padding: Int, status: Int) async throws {
    let server = try await TestServer.start()
    let body = #"{"skills":[]}"#
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      let chunks = (body + String(repeating: " ", count: padding)).map { "1\r\n\($0)\r\n" }.joined()
      connection.write(
        "POST \(Route.latest.rawValue) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
          + chunks + "0\r\n\r\n")
      return connection.reading()
    }
    #expect(answer.text.hasPrefix("HTTP/1.1 \(status)"), "\(answer.text)")
    #expect(answer.text.contains("invalid_request") == (status == 400))
    #expect(answer.end == .closed)
    #expect(answer.text.components(separatedBy: "HTTP/1.1 ").count == 2)
  }

  @Test func `a response that nobody reads ends the connection`() async throws {
    let server = try await TestServer.start(limits: limits { $0.stallTimeout = 10 })
    let packed = try Sample.packed(files: ["noise.txt": Sample.noise(12_000_000)])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let reading = try await onThread {
      let connection = try RawConnection(port: server.port)
      let request =
        "GET /api/skills/acme/sample/download HTTP/1.1\r\nHost: x\r\nAccept: application/gzip\r\nConnection: close\r\n\r\n"
      connection.write(request)
      // Until the server has given up, which shows in that it takes no more bytes.
      drip(connection)
      return connection.reading()
    }
    #expect(reading.end != .timeout)
    #expect(reading.text.utf8.count < packed.bytes.count)
  }

  @Test(arguments: ["", "Connection: keep-alive\r\n"])
  func `a connection of HTTP 1.0 ends with its answer`(field: String) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write("GET /health HTTP/1.0\r\n\(field)\r\n")
      return connection.reading()
    }
    #expect(answer.text.hasPrefix("HTTP/1.1 200"))
    #expect(answer.text.lowercased().contains("connection: close\r\n"))
    #expect(answer.end == .closed)
  }

  @Test(arguments: [
    ("POST /api/auth/device/token", "application/x-www-form-urlencoded", "grant_type=x", 400),
    ("POST /api/skills/latest", "application/json", "{", 400), ("POST /nowhere", "text/plain", "x", 404),
    ("PUT /api/skills/acme/sample/versions/1.0.0/yank", "application/json", "{}", 401),
  ])
  func `a refused request that has come whole is followed by others`(
    line: String, type: String, body: String, status: Int
  ) async throws {
    let server = try await TestServer.start()
    let (refusal, next) = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "\(line) HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      let refusal = connection.response().head
      connection.write(Self.health)
      return (refusal, connection.reading(until: "\"ok\""))
    }
    #expect(refusal.hasPrefix("HTTP/1.1 \(status)"), "\(refusal)")
    #expect(!refusal.lowercased().contains("connection: close"))
    #expect(next.end == .found, "\(next.text)")
  }

  @Test(arguments: ["Content-Length: 999999999", "Transfer-Encoding: chunked"])
  func `a request that is refused before it has come whole is the last one`(framing: String) async throws {
    let server = try await TestServer.start()
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write("POST /nowhere HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n")
      return connection.reading()
    }
    #expect(answer.text.hasPrefix("HTTP/1.1 404"), "\(answer.text)")
    #expect(answer.text.lowercased().contains("connection: close\r\n"))
    #expect(answer.end == .closed)
  }

  /// The parser takes what follows such a request for another protocol.
  @Test(arguments: [
    "GET /health HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    "GET /health HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: h2c\r\n\r\n",
    "GET /wsx HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    "GET /ws/?agent_id=x HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    "POST /api/skills/latest HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 2\r\n\r\n{}",
    "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n",
  ])
  func `a request for another protocol is refused, and its connection closed`(request: String) async throws {
    let server = try await TestServer.start(limits: limits { $0.idleTimeout = 600 })
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(request + Self.health)
      return connection.reading()
    }
    #expect(answer.text.hasPrefix("HTTP/1.1 400"), "\(answer.text)")
    #expect(answer.text.lowercased().contains("connection: close\r\n"))
    #expect(answer.text.contains("invalid_request"))
    #expect(!answer.text.contains("HTTP/1.1 200"))
    #expect(answer.end == .closed)
  }
}
