import TestSupport
import Testing

@testable import HTTPTransport

struct RedirectTests {
  @Test(arguments: ["/end", "end", "//HOST/end", "?q#f", "http://HOST/end"])
  func `follows relative and absolute locations`(location: String) async throws {
    let server = TestServer { request, connection in
      guard request.target == "/start" else { return try connection.reply(200, "arrived") }
      let place = location.replacing("HOST", with: request.headers["Host"]!)
      try connection.reply(302, headers: ["Location: \(place)"], "ignored")
    }
    let response = try await makeTransport().send(HTTPRequest(.get, server.url("/start")))
    #expect(response.body == Array("arrived".utf8))
    #expect(server.requests.count == 2)
    #expect(response.head.url.text == server.url(server.requests[1].target).text)
  }

  @Test func `follows five redirects and no sixth`() async throws {
    let server = TestServer { request, connection in
      let number = Int(request.target.dropFirst())!
      try connection.reply(number == 0 ? 200 : 302, headers: ["Location: /\(max(number - 1, 0))"])
    }
    #expect(try await makeTransport().send(HTTPRequest(.get, server.url("/5"))).status == 200)
    let error = await failure { () async throws(TransportError) in
      try await makeTransport().send(HTTPRequest(.get, server.url("/6")))
    }
    #expect(error?.code == .tooManyRedirects)
    #expect(server.requests.count == 12)
  }

  @Test(arguments: [
    ("file:///etc/passwd", TransportError.Code.refusedRedirect), ("http://localhost:1/", .refusedRedirect),
    ("http://example.org/", .refusedRedirect), ("gopher://127.0.0.1/", .refusedRedirect),
    ("https://u:p@127.0.0.1/", .refusedRedirect),
  ])
  func `refuses to be led astray`(location: String, code: TransportError.Code) async {
    let server = TestServer { _, connection in try connection.reply(302, headers: ["Location: \(location)"]) }
    let error = await failure { () async throws(TransportError) in
      try await makeTransport().send(HTTPRequest(.get, server.url()))
    }
    #expect(error?.code == code)
    #expect(server.requests.count == 1)
  }

  @Test func `a redirect without a location is an answer`() async throws {
    let server = TestServer { _, connection in try connection.reply(302, "nowhere") }
    let response = try await makeTransport().send(HTTPRequest(.get, server.url()))
    #expect(response.status == 302)
    #expect(response.body == Array("nowhere".utf8))
  }

  @Test func `the token stays at its origin and comes along within it`() async throws {
    let other = TestServer { _, connection in try connection.reply(200) }
    let elsewhere = other.url("/elsewhere")
    let server = TestServer { request, connection in
      try connection.reply(302, headers: ["Location: \(request.target == "/a" ? "/b" : elsewhere.text)"])
    }
    var request = HTTPRequest(.get, server.url("/a"), headers: ["Cookie": "secret"])
    request.credential = try Credential(token: "ah_x", for: server.url().origin)
    #expect(try await makeTransport().send(request).head.url == elsewhere)
    #expect(server.requests.map { $0.headers["Authorization"] } == ["Bearer ah_x", "Bearer ah_x"])
    #expect(other.requests.map { $0.headers["Authorization"] } == [nil])
    #expect(other.requests.map { $0.headers["Cookie"] } == [nil])
  }

  @Test func `sends a body again from its start`() async throws {
    let server = TestServer { request, connection in
      if request.target == "/a" { return try connection.reply(307, headers: ["Location: /b"]) }
      try connection.reply(200, request.body)
    }
    let body = pattern(100_000)
    let response = try await makeTransport().send(HTTPRequest(.post, server.url("/a"), body: .bytes(body)))
    #expect(response.body == body)
  }
}
