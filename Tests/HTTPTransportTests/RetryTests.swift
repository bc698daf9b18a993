import TestSupport
import Testing

@testable import HTTPTransport

struct RetryTests {
  /// Answers with each status in turn, the last one from then on.
  private func server(_ answers: [(status: Int, headers: [String])]) -> TestServer {
    let seen = Log<Int>()
    return TestServer { _, connection in
      seen.add(0)
      let answer = answers[min(seen.values.count, answers.count) - 1]
      try connection.reply(answer.status, headers: answer.headers, "\(answer.status)")
    }
  }

  @Test(arguments: [429, 502, 503, 504])
  func `tries again when the server asks for it`(status: Int) async throws {
    let server = server([(status, []), (status, []), (200, [])])
    let pauses = Log<Duration>()
    let response = try await makeTransport(pauses: pauses).send(HTTPRequest(.get, server.url()))
    #expect(response.status == 200)
    #expect(pauses.values == [.milliseconds(250), .milliseconds(500)])
  }

  @Test func `gives up after three tries with the last answer`() async throws {
    let server = server([(503, [])])
    let response = try await makeTransport().send(HTTPRequest(.get, server.url()))
    #expect(response.status == 503)
    #expect(response.body == Array("503".utf8))
    #expect(server.requests.count == 3)
  }

  @Test(arguments: [HTTPMethod.post, .put, .patch, .delete])
  func `never repeats what may change something`(method: HTTPMethod) async throws {
    let server = server([(503, []), (200, [])])
    let response = try await makeTransport().send(HTTPRequest(method, server.url(), body: .bytes([1])))
    #expect(response.status == 503)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [400, 401, 403, 404, 409, 500, 501])
  func `takes other errors as final`(status: Int) async throws {
    let server = server([(status, []), (200, [])])
    #expect(try await makeTransport().send(HTTPRequest(.get, server.url())).status == status)
  }

  @Test func `waits as long as Retry-After says in seconds`() async throws {
    let server = server([(429, ["Retry-After: 7"]), (200, [])])
    let pauses = Log<Duration>()
    #expect(try await makeTransport(pauses: pauses).send(HTTPRequest(.get, server.url())).status == 200)
    #expect(pauses.values == [.seconds(7)])
  }

  @Test func `waits until the date that Retry-After names`() async throws {
    let server = server([(503, ["Retry-After: \(httpDate(in: 30))"]), (200, [])])
    let pauses = Log<Duration>()
    #expect(try await makeTransport(pauses: pauses).send(HTTPRequest(.get, server.url())).status == 200)
    let pause = try #require(pauses.values.first)
    #expect(pause > .seconds(20) && pause <= .seconds(30))
  }

  @Test func `does not wait for an hour`() async throws {
    let server = server([(429, ["Retry-After: 3600"]), (200, [])])
    let response = try await makeTransport().send(HTTPRequest(.get, server.url()))
    #expect(response.status == 429)
    #expect(server.requests.count == 1)
  }

  @Test func `tries again when nobody listens, three times in all`() async throws {
    let url = try HTTPURL(parsing: "http://127.0.0.1:\(TestServer.closedPort())/")
    let pauses = Log<Duration>()
    let transport = makeTransport(pauses: pauses)
    let error = await failure { () async throws(TransportError) in try await transport.send(HTTPRequest(.get, url)) }
    #expect(error?.code == .connect)
    #expect(pauses.values.count == 2)
  }

  @Test func `tries again when the connection breaks before a byte`() async throws {
    let seen = Log<Int>()
    let server = TestServer { _, connection in
      seen.add(0)
      if seen.values.count == 1 { connection.close(abruptly: true) } else { try connection.reply(200) }
    }
    #expect(try await makeTransport().send(HTTPRequest(.get, server.url())).status == 200)
  }

  @Test func `does not try again once an answer has begun`() async throws {
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
      connection.close()
    }
    let error = await failure { () async throws(TransportError) in
      try await makeTransport().send(HTTPRequest(.get, server.url()))
    }
    #expect(error?.code == .connectionLost)
    #expect(server.requests.count == 1)
  }

  @Test func `a pause that would outlast the total time ends the request`() async throws {
    let server = server([(429, ["Retry-After: 50"]), (200, [])])
    var request = HTTPRequest(.get, server.url())
    request.timeouts.total = .seconds(20)
    let error = await failure { () async throws(TransportError) in try await makeTransport().send(request) }
    #expect(error?.code == .timeout(.total))
  }
}
