import TestSupport
import Testing

@testable import HTTPTransport

struct WebSocketConnectionTests {
  @Test(arguments: [0, 1, 125, 126, 65_536, 1 << 20])
  func `a text comes back as it was sent`(size: Int) async throws {
    let server = echoServer()
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url("/ws")))
    let text = [UInt8](repeating: 0x61, count: size)
    try await socket.send(text)
    #expect(try await socket.receive() == .text(text))
    await socket.close(1000)
    #expect(try await socket.receive() == .close(1000, ""))
    #expect(try await socket.receive() == nil)
  }

  @Test func `messages keep their order in both directions`() async throws {
    let server = echoServer()
    var options = WebSocketOptions()
    options.incomingMessages = 8
    options.outgoingBytes = 1000
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url("/ws")), options: options)
    async let sent: Void = send(numbersBelow: 500, on: socket)
    for number in 0..<500 { #expect(try await socket.receive() == .text(Array("\(number)".utf8))) }
    try await sent
  }

  @Test func `asks as RFC 6455 says, with the token of its origin`() async throws {
    let server = echoServer()
    let url = server.url("/ws?agent_id=1")
    var request = HTTPRequest(.get, url)
    request.credential = try Credential(token: "secret", for: url.origin)
    let socket = try await makeTransport().webSocket(request, protocols: ["mesh.v3", "other"])
    let received = try #require(server.requests.first)
    #expect(received.method == "GET")
    #expect(received.target == "/ws?agent_id=1")
    for (name, value) in [
      ("Host", "127.0.0.1:\(server.port)"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
      ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Protocol", "mesh.v3, other"),
      ("Authorization", "Bearer secret"), ("User-Agent", "agent-mesh/test"),
    ] {
      #expect(received.headers.values(of: name) == [value])
    }
    #expect(received.headers["Sec-WebSocket-Extensions"] == nil)
    #expect(socket.subprotocol == nil)
  }

  @Test func `the server may choose one of the subprotocols`() async throws {
    let server = TestServer { request, connection in
      try WebSocketPeer.accept(request, on: connection, subprotocol: "mesh.v3").echo()
    }
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()), protocols: ["mesh.v3"])
    #expect(socket.subprotocol == "mesh.v3")
  }

  @Test func `what comes with the answer to the handshake is not lost`() async throws {
    let server = TestServer { request, connection in
      let first = WebSocketCodec(role: .server).encode(.text(Array("first".utf8)))
      try WebSocketPeer.accept(request, on: connection, rest: first).echo()
    }
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    #expect(try await socket.receive() == .text(Array("first".utf8)))
  }

  @Test func `pings are answered with their content`() async throws {
    let server = TestServer { request, connection in
      let peer = try WebSocketPeer.accept(request, on: connection)
      try peer.send(.ping(Array("are you there".utf8)))
      let answer = try peer.receive()
      try peer.send(.text(answer == .pong(Array("are you there".utf8)) ? [0x79] : [0x6E]))
      try peer.echo()
    }
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    #expect(try await socket.receive() == .text([0x79]))
  }

  @Test func `a pong shows that the other end lives`() async throws {
    let server = echoServer()
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    let before = ContinuousClock.now
    socket.ping()
    while socket.lastReceived < before { await Task.yield() }
    try await socket.send([0x61])
    #expect(try await socket.receive() == .text([0x61]))
  }

  @Test func `a close of the server is delivered, answered, and the end`() async throws {
    let answers = Log<WebSocketMessage?>()
    let answered = Signal()
    let server = TestServer { request, connection in
      let peer = try WebSocketPeer.accept(request, on: connection)
      try peer.send(.close(4001, "replaced"))
      answers.add(try peer.receive())
      answered.fire()
    }
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    #expect(try await socket.receive() == .close(4001, "replaced"))
    #expect(try await socket.receive() == nil)
    let error = await failure { () async throws(TransportError) in try await socket.send([]) }
    #expect(error?.code == .connectionLost)
    await answered.wait()
    #expect(answers.values == [.close(4001, "")])
  }

  @Test func `closing tells the server why, after what was sent before`() async throws {
    let received = Log<WebSocketMessage?>()
    let server = TestServer { request, connection in
      let peer = try WebSocketPeer.accept(request, on: connection)
      received.add(try peer.receive())
      received.add(try peer.receive())
      try peer.send(.close(1000, ""))
    }
    var options = WebSocketOptions()
    options.closing = .seconds(60)
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()), options: options)
    try await socket.send([0x61])
    await socket.close(1000, reason: "done")
    #expect(received.values == [.text([0x61]), .close(1000, "done")])
    let error = await failure { () async throws(TransportError) in try await socket.send([]) }
    #expect(error?.code == .connectionLost)
  }

  @Test func `closing does not wait for ever for a server that says nothing`() async throws {
    let server = TestServer { request, connection in
      _ = try WebSocketPeer.accept(request, on: connection)
      connection.waitForEnd()
    }
    var options = WebSocketOptions()
    options.closing = .milliseconds(50)
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()), options: options)
    await socket.close(1000)
    #expect(try await socket.receive() == nil)
  }

  @Test(arguments: [false, true])
  func `an end without a close frame is a lost connection`(isAbrupt: Bool) async throws {
    let server = TestServer { request, connection in
      let peer = try WebSocketPeer.accept(request, on: connection)
      try peer.send(.text([0x61]))
      _ = try peer.receive()
      connection.close(abruptly: isAbrupt)
    }
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    #expect(try await socket.receive() == .text([0x61]))
    try await socket.send([0x62])
    let error = await failure { () async throws(TransportError) in try await socket.receive() }
    #expect(error?.code == .connectionLost)
  }

  @Test(
    arguments: [
      ([0x81, 0x80, 0, 0, 0, 0], 1002), ([0xC1, 0], 1002), ([0x81, 1, 0xFF], 1007),
      ([0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0], 1009),
    ] as [([UInt8], UInt16)])
  func `a server that breaks the protocol is told, after what it said before`(frame: [UInt8], code: UInt16) async throws
  {
    let closes = Log<UInt16?>()
    let told = Signal()
    let server = TestServer { request, connection in
      let peer = try WebSocketPeer.accept(request, on: connection)
      try connection.send([0x81, 1, 0x61] + frame)
      if case .close(let code, _) = try peer.receive() { closes.add(code) }
      told.fire()
    }
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    #expect(try await socket.receive() == .text([0x61]))
    let error = await failure { () async throws(TransportError) in try await socket.receive() }
    #expect(error?.code == .protocolError)
    await told.wait()
    #expect(closes.values == [code])
  }

  @Test func `cancelling a wait for a message leaves the connection open`() async throws {
    let server = echoServer()
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    let reader = Task { try await socket.receive() }
    reader.cancel()
    let error = await #expect(throws: TransportError.self) { try await reader.value }
    #expect(error?.code == .cancelled)
    try await socket.send([0x61])
    #expect(try await socket.receive() == .text([0x61]))
  }

  @Test func `dropping it ends the connection`() async throws {
    let ended = Signal()
    let server = TestServer { request, connection in
      _ = try WebSocketPeer.accept(request, on: connection)
      connection.waitForEnd()
      ended.fire()
    }
    _ = try await makeTransport().webSocket(HTTPRequest(.get, server.url()))
    await ended.wait()
  }

  private func send(numbersBelow end: Int, on socket: WebSocketConnection) async throws {
    for number in 0..<end { try await socket.send(Array("\(number)".utf8)) }
  }

  private func echoServer() -> TestServer {
    TestServer { request, connection in try WebSocketPeer.accept(request, on: connection).echo() }
  }
}
