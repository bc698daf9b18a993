import TestSupport
import Testing

@testable import HTTPTransport

struct WebSocketBoundsTests {
  @Test func `a server that takes nothing ends the connection after the stall`() async throws {
    let isOver = Signal()
    defer { isOver.fire() }
    let server = mute(until: isOver)
    var options = WebSocketOptions()
    options.writeStall = .milliseconds(100)
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()), options: options)
    let message = [UInt8](repeating: 0x61, count: 1 << 20)
    // More than the system and the queue hold together.
    let error = await failure { () async throws(TransportError) in
      for _ in 0..<1000 { try await socket.send(message) }
    }
    #expect(error?.code == .timeout(.stall))
  }

  @Test func `who waits for room can be cancelled, and the connection stays`() async throws {
    let cancelled = Signal()
    let server = TestServer { request, connection in
      let peer = try WebSocketPeer.accept(request, on: connection)
      cancelled.block()
      try peer.send(.text([0x61]))
      connection.waitForEnd()
    }
    var options = WebSocketOptions()
    options.writeStall = .seconds(3600)
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()), options: options)
    let message = [UInt8](repeating: 0x61, count: 1 << 20)
    let sender = Task {
      for _ in 0..<1000 { try await socket.send(message) }
    }
    sender.cancel()
    let error = await #expect(throws: TransportError.self) { try await sender.value }
    #expect(error?.code == .cancelled)
    cancelled.fire()
    #expect(try await socket.receive() == .text([0x61]))
  }

  @Test func `a message beyond the limit is not sent`() async throws {
    let isOver = Signal()
    defer { isOver.fire() }
    let server = mute(until: isOver)
    var options = WebSocketOptions()
    options.limits.messageBytes = 10
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()), options: options)
    try await socket.send([UInt8](repeating: 0x61, count: 10))
    let error = await failure { () async throws(TransportError) in
      try await socket.send([UInt8](repeating: 0x61, count: 11))
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func `a reader that is slow gets everything, in order`() async throws {
    let sent = Signal()
    let server = TestServer { request, connection in
      let peer = try WebSocketPeer.accept(request, on: connection)
      for number in 0..<2000 { try peer.send(.text(Array("\(number)".utf8))) }
      sent.fire()
      try peer.send(.close(1000, ""))
      connection.waitForEnd()
    }
    var options = WebSocketOptions()
    options.incomingMessages = 10
    let socket = try await makeTransport().webSocket(HTTPRequest(.get, server.url()), options: options)
    // All of it fits into what the system holds.
    await sent.wait()
    for number in 0..<2000 { #expect(try await socket.receive() == .text(Array("\(number)".utf8))) }
    #expect(try await socket.receive() == .close(1000, ""))
  }

  @Test func `a server that does not answer the handshake is left in time`() async {
    let server = TestServer { _, connection in connection.waitForEnd() }
    let error = await failure { () async throws(TransportError) in
      try await makeTransport().webSocket(HTTPRequest(.get, server.url()), timeout: .milliseconds(100))
    }
    #expect(error?.code == .timeout(.connect))
  }

  @Test func `cancelling the task gives up the handshake`() async {
    let asked = Signal()
    let ended = Signal()
    let server = TestServer { _, connection in
      asked.fire()
      connection.waitForEnd()
      ended.fire()
    }
    let request = HTTPRequest(.get, server.url())
    let task = Task { try await makeTransport().webSocket(request, timeout: .seconds(3600)) }
    await asked.wait()
    task.cancel()
    let error = await #expect(throws: TransportError.self) { _ = try await task.value }
    #expect(error?.code == .cancelled)
    await ended.wait()
  }

  /// Accepts, and reads nothing.
  private func mute(until end: Signal) -> TestServer {
    TestServer { request, connection in
      _ = try WebSocketPeer.accept(request, on: connection)
      end.block()
      connection.close()
    }
  }
}
