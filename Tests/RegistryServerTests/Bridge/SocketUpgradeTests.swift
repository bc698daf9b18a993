import RegistryServer
import TestSupport
import Testing

/// Which requests become sockets, and that all others stay what they are.
@Suite struct SocketUpgradeTests {
  private static let id = "3f0c1c9e-58a3-4c0e-9b60-0d5a3a1c2b4d"

  @Test(arguments: [
    ("/ws", "", "400", "missing_agent_id"), ("/ws?agent_id=", "", "400", "missing_agent_id"),
    ("/ws?agent_id=7", "", "400", "invalid_agent_id"),
    ("/ws?agent_id=\(id)", "Origin: https://evil.example\r\n", "403", "forbidden"),
    (
      "/ws?agent_id=\(id)", "Origin: https://evil.example\r\nSec-WebSocket-Protocol: mesh.v3\r\n", "403", "forbidden"
    ),
    ("/health", "", "400", "invalid_request"),
  ])
  func `a request that may not become a socket is refused`(
    path: String, fields: String, status: String, code: String
  ) async throws {
    let server = try await TestServer.start()
    let port = server.port
    let (head, body) = try await onThread {
      let socket = try TestSocket(port: port, path: path, fields: fields)
      return (socket.head, socket.body())
    }
    #expect(head.hasPrefix("HTTP/1.1 \(status) "), "\(head)")
    #expect(body.contains("\"\(code)\""))
  }

  @Test func `a request without an upgrade is told that it needs one`() async throws {
    let server = try await TestServer.start()
    let port = server.port
    let answer = try await onThread {
      let connection = try RawConnection(port: port)
      connection.write("GET /ws?agent_id=\(Self.id) HTTP/1.1\r\nHost: x\r\n\r\n")
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 426 "))
    #expect(answer.contains("upgrade_required"))
  }

  @Test func `a connection that was used before becomes no socket, and its requests are answered`() async throws {
    let server = try await TestServer.start()
    let port = server.port
    let (first, head) = try await onThread {
      let connection = try RawConnection(port: port)
      connection.write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
      let first = connection.reading(until: "}").end
      let socket = try TestSocket(port: port, path: "/ws?agent_id=\(Self.id)", on: connection)
      return (first, socket.head)
    }
    #expect(first == .found)
    #expect(head.contains("HTTP/1.1 426 "))
    #expect(try await server.send(.get, "/health").status == 200)
  }

  @Test func `a subprotocol is chosen only when it was offered`() async throws {
    let server = try await TestServer.start()
    let plain = try await server.socket(of: Self.id)
    let offered = try await server.socket(of: Self.id, fields: "Sec-WebSocket-Protocol: other, mesh.v3\r\n")
    #expect(plain.isOpen && !plain.head.lowercased().contains("sec-websocket-protocol"))
    #expect(offered.isOpen && offered.head.lowercased().contains("sec-websocket-protocol: mesh.v3"))
  }

  @Test func `sockets that have not registered are bounded, beside those of live agents`() async throws {
    var limits = RegistryLimits()
    limits.unregisteredSocketsPerAddress = 4
    limits.countsLoopback = true
    limits.connectionsPerAddress = 1_000
    limits.registrationTimeout = 600
    let server = try await TestServer.start(limits: limits)
    let agent = try await server.newAgent()
    let live = try await server.connect(agent)
    var sockets: [TestSocket] = []
    for _ in 0..<8 { sockets.append(try await server.socket(of: agent.id)) }
    #expect(sockets.filter(\.isOpen).count == 4)
    let isAlive = try await onThread {
      live.send(#"{"type":"discover_agents"}"#)
      return live.text(containing: "discover_agents_result") != nil
    }
    #expect(isAlive)
    withExtendedLifetime(sockets) {}
  }
}
