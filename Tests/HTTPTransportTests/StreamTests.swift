import TestSupport
import Testing

@testable import HTTPTransport

struct StreamTests {
  @Test func `answers with the head while the body is still to come`() async throws {
    let goOn = Signal()
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n")
      goOn.block()
      try connection.send("3\r\nabc\r\n0\r\n\r\n")
    }
    let response = try await makeTransport().stream(HTTPRequest(.get, server.url()))
    #expect(response.head.headers["X"] == "y")
    goOn.fire()
    #expect(try await response.body.collect(limit: 10) == Array("abc".utf8))
  }

  @Test func `brings every byte in order to a slow reader and holds the server back`() async throws {
    let content = pattern(16 << 20)
    let sent = Log<Int>()
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(content.count)\r\n\r\n")
      for start in stride(from: 0, to: content.count, by: 64 << 10) {
        try connection.send(Array(content[start..<start + 64 << 10]))
        sent.add(64 << 10)
      }
    }
    let response = try await makeTransport().stream(HTTPRequest(.get, server.url()))
    var iterator = response.body.makeAsyncIterator()
    var received = try #require(try await iterator.next())
    // Other traffic passes meanwhile; the sockets and our buffer together hold only so much.
    let other = TestServer { _, connection in try connection.reply(200) }
    for _ in 0..<20 { _ = try await makeTransport().send(HTTPRequest(.get, other.url())) }
    #expect(sent.values.reduce(0, +) < content.count)
    while let chunk = try await iterator.next() { received += chunk }
    #expect(received == content)
  }

  @Test func `leaving the loop ends the transfer`() async throws {
    let ended = Signal()
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
      connection.waitForEnd()
      ended.fire()
    }
    let response = try await makeTransport().stream(HTTPRequest(.get, server.url()))
    for try await _ in response.body { break }
    await ended.wait()
  }

  @Test func `dropping the answer unread ends the transfer`() async throws {
    let ended = Signal()
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      connection.waitForEnd()
      ended.fire()
    }
    let transport = makeTransport()
    #expect(try await transport.stream(HTTPRequest(.get, server.url())).status == 200)
    await ended.wait()
  }

  @Test func `cancelling the reader ends the transfer`() async throws {
    let ended = Signal()
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      connection.waitForEnd()
      ended.fire()
    }
    let response = try await makeTransport().stream(HTTPRequest(.get, server.url()))
    let reader = Task { () async throws in
      var iterator = response.body.makeAsyncIterator()
      return try await iterator.next()
    }
    reader.cancel()
    await ended.wait()
    let error = await #expect(throws: TransportError.self) { try await reader.value }
    #expect(error?.code == .cancelled)
  }

  @Test func `a body that breaks off throws after what came`() async throws {
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
      connection.close()
    }
    let response = try await makeTransport().stream(HTTPRequest(.get, server.url()))
    var iterator = response.body.makeAsyncIterator()
    #expect(try await iterator.next() == Array("abc".utf8))
    let error = await failure { () async throws(TransportError) in try await response.body.collect(limit: 100) }
    #expect(error?.code == .connectionLost)
  }

  @Test func `a refusal that was held in memory is read like any other`() async throws {
    let server = TestServer { _, connection in try connection.reply(503, "busy") }
    let response = try await makeTransport().stream(HTTPRequest(.get, server.url()))
    #expect(response.status == 503)
    #expect(try await response.body.collect(limit: 10) == Array("busy".utf8))
    #expect(server.requests.count == 3)
  }

  @Test func `collecting has a bound`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, "12345") }
    let response = try await makeTransport().stream(HTTPRequest(.get, server.url()))
    let error = await failure { () async throws(TransportError) in try await response.body.collect(limit: 4) }
    #expect(error?.code == .tooLarge)
  }
}

struct EventTests {
  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n"

  @Test func `brings events as they come`() async throws {
    let goOn = Signal()
    let server = TestServer { _, connection in
      try connection.send(Self.head + "event: a\ndata: 1\n\n: still here\n\nda")
      goOn.block()
      try connection.send("ta: 2\r\n\r\ndata: cut off")
      connection.close()
    }
    let answer = try await makeTransport().events(HTTPRequest(.get, server.url()))
    guard case .events(let events) = answer else { throw TestServerError.unexpected }
    var iterator = events.makeAsyncIterator()
    #expect(try await iterator.next() == ServerSentEvent(event: "a", data: "1"))
    goOn.fire()
    #expect(try await iterator.next() == ServerSentEvent(data: "2"))
    #expect(try await iterator.next() == nil)
    #expect(server.requests.first?.headers["Accept"] == "text/event-stream")
  }

  @Test(arguments: [(401, "text/event-stream"), (200, "application/json"), (200, "text/event-stream-not"), (204, "")])
  func `anything else than a stream of events is an answer`(status: Int, type: String) async throws {
    let server = TestServer { _, connection in
      try connection.reply(status, headers: ["Content-Type: \(type)"], status == 204 ? "" : "no")
    }
    let answer = try await makeTransport().events(HTTPRequest(.get, server.url()))
    guard case .response(let response) = answer else { throw TestServerError.unexpected }
    #expect(response.status == status)
    #expect(response.body == Array((status == 204 ? "" : "no").utf8))
  }

  @Test func `an event without end has a bound`() async throws {
    let server = TestServer { _, connection in
      try connection.send(Self.head + "data: ")
      while true { try connection.send(String(repeating: "a", count: 65_536)) }
    }
    let answer = try await makeTransport().events(HTTPRequest(.get, server.url()))
    guard case .events(let events) = answer else { throw TestServerError.unexpected }
    let error = await failure { () async throws(TransportError) in
      var iterator = events.makeAsyncIterator()
      return try await iterator.next()
    }
    #expect(error?.code == .tooLarge)
  }
}

enum TestServerError: Error { case unexpected }
