import TestSupport
import Testing

@testable import HTTPTransport

struct SendTests {
  @Test func `brings status, header fields, body, version and address`() async throws {
    let server = TestServer { _, connection in
      try connection.reply(201, headers: ["X-One: a", "x-one:  b ", "ETag: \"t\""], "hello")
    }
    let response = try await makeTransport().send(HTTPRequest(.get, server.url("/a?b=c")))
    #expect(response.status == 201)
    #expect(response.headers["etag"] == "\"t\"")
    #expect(response.headers.values(of: "X-ONE") == ["a", "b"])
    #expect(response.body == Array("hello".utf8))
    #expect(response.head.version == .http11)
    #expect(response.head.url == server.url("/a?b=c"))
    #expect(server.requests.map(\.target) == ["/a?b=c"])
    #expect(server.requests.first?.headers["User-Agent"] == "agent-mesh/test")
  }

  @Test(arguments: [400, 401, 404, 409, 422, 500])
  func `an error status is an answer`(status: Int) async throws {
    let server = TestServer { _, connection in try connection.reply(status, "why") }
    let response = try await makeTransport().send(HTTPRequest(.get, server.url()))
    #expect(response.status == status)
    #expect(response.body == Array("why".utf8))
  }

  @Test(arguments: [HTTPMethod.get, .head, .post, .put, .patch, .delete])
  func `sends every method without a body`(method: HTTPMethod) async throws {
    let server = TestServer { request, connection in
      try connection.reply(200, request.method == "HEAD" ? "" : request.method)
    }
    let response = try await makeTransport().send(HTTPRequest(method, server.url()))
    #expect(String(decoding: response.body, as: UTF8.self) == (method == .head ? "" : method.rawValue))
    #expect(server.requests.map(\.method) == [method.rawValue])
  }

  @Test(arguments: [HTTPMethod.post, .put, .patch, .delete])
  func `sends every method with a body`(method: HTTPMethod) async throws {
    let server = TestServer { request, connection in try connection.reply(200, request.body) }
    let request = HTTPRequest(method, server.url(), headers: ["Content-Type": "a/b"], body: .bytes([1, 2, 0, 255]))
    let response = try await makeTransport().send(request)
    #expect(response.body == [1, 2, 0, 255])
    #expect(server.requests.first?.headers["Content-Length"] == "4")
    #expect(server.requests.first?.headers.values(of: "content-type") == ["a/b"])
  }

  @Test func `the answer to HEAD may announce any length`() async throws {
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
    }
    let response = try await makeTransport().send(HTTPRequest(.head, server.url()))
    #expect(response.headers["Content-Length"] == "99999999999")
    #expect(response.body.isEmpty)
  }

  @Test(arguments: [204, 304])
  func `an answer without a body ends with its head`(status: Int) async throws {
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 \(status) None\r\nETag: x\r\nContent-Length: 5\r\n\r\n")
    }
    var request = HTTPRequest(.get, server.url())
    request.expectedSize = 5
    let response = try await makeTransport().send(request)
    #expect(response.status == status)
    #expect(response.body.isEmpty)
  }

  @Test func `joins chunks and leaves trailers and interim answers out`() async throws {
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 103 Early\r\nLink: early\r\n\r\n")
      try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n3\r\nabc\r\n")
      try connection.send("2;x=y\r\nde\r\n0\r\nT: late\r\n\r\n")
    }
    let response = try await makeTransport().send(HTTPRequest(.get, server.url()))
    #expect(response.body == Array("abcde".utf8))
    #expect(response.headers["Link"] == nil)
    #expect(response.headers["T"] == nil)
  }

  @Test func `takes 300 header fields`() async throws {
    let server = TestServer { _, connection in
      try connection.reply(200, headers: (0..<300).map { "X-\($0): \($0)" }, "ok")
    }
    let response = try await makeTransport().send(HTTPRequest(.get, server.url()))
    #expect(response.headers["x-299"] == "299")
  }

  @Test(arguments: ["bad name", "", "a:b", "X\r\nY"])
  func `sends no header field whose name is malformed`(name: String) async {
    let server = TestServer { _, connection in try connection.reply(200) }
    var request = HTTPRequest(.get, server.url())
    request.headers.append(name, "v")
    let error = await failure { () async throws(TransportError) in try await makeTransport().send(request) }
    #expect(error?.code == .invalidRequest)
    #expect(server.requests.isEmpty)
  }

  @Test func `sends no header value that would begin another line`() async {
    let server = TestServer { _, connection in try connection.reply(200) }
    let request = HTTPRequest(.get, server.url(), headers: ["X": "a\r\nAuthorization: b"])
    let error = await failure { () async throws(TransportError) in try await makeTransport().send(request) }
    #expect(error?.code == .invalidRequest)
    #expect(server.requests.isEmpty)
  }

  @Test func `sends a field without a value`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    _ = try await makeTransport().send(HTTPRequest(.get, server.url(), headers: ["X-Empty": ""]))
    #expect(server.requests.first?.headers["X-Empty"] != nil)
  }

  @Test func `sends a token to its origin`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    let url = server.url()
    let request = HTTPRequest(.get, url, credential: try Credential(token: "ah_x", for: url.origin))
    _ = try await makeTransport().send(request)
    #expect(server.requests.first?.headers.values(of: "Authorization") == ["Bearer ah_x"])
  }

  @Test func `sends no token to an origin that it is not for`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    let other = try HTTPURL(parsing: "http://127.0.0.1:1").origin
    let request = HTTPRequest(.get, server.url(), credential: try Credential(token: "ah_x", for: other))
    _ = try await makeTransport().send(request)
    #expect(server.requests.first?.headers["Authorization"] == nil)
  }

  @Test func `speaks plain http only to this machine, or where it is allowed`() async throws {
    let url = try HTTPURL(parsing: "http://plain.test/")
    let error = await failure { () async throws(TransportError) in
      try await makeTransport().send(HTTPRequest(.get, url))
    }
    #expect(error?.code == .insecureURL)
  }
}

extension HTTPHeaders {
  fileprivate func values(of name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }
}
