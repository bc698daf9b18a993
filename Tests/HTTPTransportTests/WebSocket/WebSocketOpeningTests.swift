import TestSupport
import Testing

@testable import HTTPTransport

struct WebSocketOpeningTests {
  @Test(arguments: [
    ["Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="], ["Sec-WebSocket-Accept:"], [],
    ["RIGHT", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="], ["RIGHT", "Sec-WebSocket-Protocol: other"],
    ["RIGHT", "Sec-WebSocket-Protocol: mesh.v3, mesh.v3"], ["RIGHT", "Sec-WebSocket-Extensions: permessage-deflate"],
    ["RIGHT", "Upgrade: h2c"], ["RIGHT", "no field"], ["RIGHT", " folded: line"],
  ])
  func `refuses an upgrade that does not fit what was asked`(fields: [String]) async {
    let server = TestServer { request, connection in
      let right = "Sec-WebSocket-Accept: \(WebSocketPeer.acceptance(of: request))"
      try WebSocketPeer.upgrade(connection, fields.map { $0 == "RIGHT" ? right : $0 })
      connection.waitForEnd()
    }
    #expect(await code(from: server) == .protocolError)
  }

  @Test(arguments: [
    ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n", TransportError.Code.refusedRedirect),
    ("HTTP/1.1 307 Temporary Redirect\r\n\r\n", .refusedRedirect),
    ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .refusedUpgrade(status: 200)),
    ("HTTP/1.1 401 Unauthorized\r\n\r\n", .refusedUpgrade(status: 401)),
    ("HTTP/1.0 426 Upgrade Required\r\n\r\n", .refusedUpgrade(status: 426)),
    ("HTTP/1.1 503\r\n\r\n", .refusedUpgrade(status: 503)),
    ("HTTP/1.1 99 Odd\r\n\r\n", .protocolError),
    ("SSH-2.0-OpenSSH_9.2\r\n\r\n", .protocolError),
    ("\r\n\r\n", .protocolError),
    ("HTTP/1.1 101 Switching Protocols\r\nX: " + String(repeating: "x", count: 17_000), .tooLarge),
  ])
  func `tells what the server said instead`(answer: String, expected: TransportError.Code) async {
    let server = TestServer { _, connection in
      try connection.send(answer)
      connection.waitForEnd()
    }
    #expect(await code(from: server) == expected)
  }

  @Test func `a server that hangs up is a lost connection`() async {
    let server = TestServer { _, connection in connection.close() }
    #expect(await code(from: server) == .connectionLost)
  }

  @Test func `nobody listens`() async throws {
    let url = try HTTPURL(webSocket: "ws://127.0.0.1:\(TestServer.closedPort())/")
    #expect(await code(from: url) == .connect)
  }

  @Test func `plain text leaves this machine only where that is allowed`() async throws {
    #expect(await code(from: try HTTPURL(webSocket: "ws://agents.example/ws")) == .insecureURL)
  }

  @Test func `goes through the proxy by a tunnel, for plain text too`() async throws {
    let proxy = TestServer { request, connection in
      if request.method == "CONNECT" { return try connection.send("HTTP/1.1 200 OK\r\n\r\n") }
      try WebSocketPeer.accept(request, on: connection).echo()
    }
    let transport = makeTransport(
      environment: ["http_proxy": "http://127.0.0.1:\(proxy.port)"], insecure: ["agents.example"])
    let socket = try await transport.webSocket(HTTPRequest(.get, HTTPURL(webSocket: "ws://agents.example/ws")))
    try await socket.send([0x61])
    #expect(try await socket.receive() == .text([0x61]))
    #expect(proxy.requests.map(\.target) == ["agents.example:80", "/ws"])
  }

  @Test func `a proxy that says no is named as the reason`() async throws {
    let proxy = TestServer { _, connection in try connection.reply(403) }
    let transport = makeTransport(
      environment: ["http_proxy": "http://127.0.0.1:\(proxy.port)"], insecure: ["agents.example"])
    let request = HTTPRequest(.get, try HTTPURL(webSocket: "ws://agents.example/ws"))
    let error = await failure { () async throws(TransportError) in try await transport.webSocket(request) }
    #expect(error?.code == .proxy)
  }

  private func code(from server: TestServer) async -> TransportError.Code? { await code(from: server.url("/ws")) }

  private func code(from url: HTTPURL) async -> TransportError.Code? {
    await failure { () async throws(TransportError) in
      try await makeTransport().webSocket(HTTPRequest(.get, url), protocols: ["mesh.v3"])
    }?.code
  }
}
