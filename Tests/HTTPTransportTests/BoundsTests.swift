import TestSupport
import Testing

@testable import HTTPTransport

/// What a broken or hostile server may try.
struct BoundsTests {
  private struct Limits {
    var size = 8 << 20
    var expected: Int?
    var timeouts = Timeouts()
  }

  private func error(
    _ limits: Limits = Limits(), from handler: @escaping TestServer.Handler
  ) async -> TransportError? {
    let server = TestServer(handler)
    var request = HTTPRequest(.get, server.url())
    request.retries = .never
    request.responseLimit = limits.size
    request.expectedSize = limits.expected
    request.timeouts = limits.timeouts
    return await failure { [request] () async throws(TransportError) in try await makeTransport().send(request) }
  }

  @Test func `a body may be as large as the limit`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, [UInt8](repeating: 1, count: 1000)) }
    var request = HTTPRequest(.get, server.url())
    request.responseLimit = 1000
    #expect(try await makeTransport().send(request).body.count == 1000)
  }

  @Test func `an announced body beyond the limit ends at the head`() async {
    let error = await error(Limits(size: 999)) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
      connection.waitForEnd()
    }
    #expect(error?.code == .tooLarge)
  }

  @Test(arguments: ["Transfer-Encoding: chunked", "Connection: close"])
  func `an endless body ends at the limit`(framing: String) async {
    let error = await error(Limits(size: 1 << 20)) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n")
      let piece = String(repeating: "a", count: 0x1000)
      while true { try connection.send(framing.hasPrefix("T") ? "1000\r\n\(piece)\r\n" : piece) }
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func `compression is asked for and undone`() async throws {
    let bytes = Array("hello, hello".utf8)
    let server = TestServer { _, connection in
      try connection.reply(200, headers: ["Content-Encoding: gzip"], Gzip.stored(bytes))
    }
    let response = try await makeTransport().send(HTTPRequest(.get, server.url()))
    #expect(response.body == bytes)
    #expect(server.requests.first?.headers["Accept-Encoding"]?.contains("gzip") == true)
  }

  @Test func `a gzip bomb ends at the limit of what it becomes`() async {
    let bomb = Gzip.bomb(zeros: 64 << 20)
    #expect(bomb.count < 1 << 20)
    let error = await error(Limits(size: 1 << 20)) { _, connection in
      try connection.reply(200, headers: ["Content-Encoding: gzip"], bomb)
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func `broken compression is no answer`() async {
    let error = await error { _, connection in
      try connection.reply(200, headers: ["Content-Encoding: gzip"], "this is not gzip")
    }
    #expect(error?.code == .protocolError)
  }

  @Test(arguments: [0, 5, 11, 100])
  func `a size that is not the expected one is a mismatch`(size: Int) async {
    let error = await error(Limits(expected: 10)) { _, connection in
      try connection.reply(200, [UInt8](repeating: 1, count: size))
    }
    #expect(error?.code == .sizeMismatch)
  }

  @Test func `a refusal need not have the expected size`() async throws {
    let server = TestServer { _, connection in try connection.reply(404, "not here") }
    var request = HTTPRequest(.get, server.url())
    request.expectedSize = 3
    #expect(try await makeTransport().send(request).body == Array("not here".utf8))
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
  ])
  func `a body that breaks off is not taken for a whole one`(answer: String) async {
    let error = await error { _, connection in
      try connection.send(answer)
      connection.close()
    }
    #expect(error?.code == .connectionLost)
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK\r\nX: y", "hello\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\r\n\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
  ])
  func `what is not HTTP is an error`(answer: String) async {
    let error = await error { _, connection in
      try connection.send(answer)
      connection.close()
    }
    #expect(error != nil)
  }

  @Test func `header fields have a bound`() async {
    let error = await error { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\n")
      while true { try connection.send("X: \(String(repeating: "a", count: 1000))\r\n") }
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func `the number of header fields has a bound`() async {
    let error = await error { _, connection in
      try connection.reply(200, headers: (0..<1100).map { "X\($0): 1" })
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func `a server that drips is given up`() async {
    let error = await error(Limits(timeouts: Timeouts(stall: .seconds(1)))) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na")
      connection.waitForEnd()
    }
    #expect(error?.code == .timeout(.stall))
  }

  @Test func `a server that never answers is given up`() async {
    let error = await error(Limits(timeouts: Timeouts(stall: .seconds(1)))) { _, connection in connection.waitForEnd() }
    #expect(error?.code == .timeout(.stall))
  }

  @Test func `the total time counts whatever comes`() async {
    let error = await error(Limits(timeouts: Timeouts(total: .milliseconds(200)))) { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      while true { try connection.send("1\r\na\r\n") }
    }
    #expect(error?.code == .timeout(.total))
  }

  @Test func `a host that does not exist is named`() async throws {
    let url = try HTTPURL(parsing: "https://no-such-host.invalid/x?token=secret")
    var request = HTTPRequest(.get, url)
    request.retries = .never
    let error = await failure { [request] () async throws(TransportError) in try await makeTransport().send(request) }
    #expect(error?.code == .resolve)
    #expect(error?.description.contains("no-such-host.invalid/x") == true)
    #expect(error?.description.contains("secret") == false)
  }
}
