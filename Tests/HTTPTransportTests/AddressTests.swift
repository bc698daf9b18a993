import TestSupport
import Testing

@testable import HTTPTransport

/// Requests whose address somebody else has looked up, and answers that lead elsewhere.
struct AddressTests {
  private func request(_ server: TestServer, host: String, to address: String) throws -> HTTPRequest {
    var request = HTTPRequest(.post, server.url("/a", host: host), body: .bytes(Array("x".utf8)))
    request.address = address
    request.retries = .never
    return request
  }

  @Test func `the address is connected to, and the host is named`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    let transport = makeTransport(insecure: ["nowhere.invalid"])
    let response = try await transport.send(request(server, host: "nowhere.invalid", to: "127.0.0.1"))
    #expect(response.status == 200)
    #expect(server.requests.map { $0.headers["Host"] } == ["nowhere.invalid:\(server.port)"])
  }

  @Test func `another address of the same host is another connection`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    let transport = makeTransport(insecure: ["nowhere.invalid"])
    _ = try await transport.send(request(server, host: "nowhere.invalid", to: "127.0.0.1"))
    let other = try request(server, host: "nowhere.invalid", to: "127.0.0.2")
    let error = await failure { () async throws(TransportError) in try await transport.send(other) }
    #expect(error?.code == .connect)
    #expect(server.requests.count == 1)
  }

  @Test func `a redirect that is not followed is an answer`() async throws {
    let server = TestServer { _, connection in try connection.reply(302, headers: ["Location: /b"], "no") }
    var request = HTTPRequest(.get, server.url("/a"))
    request.followsRedirects = false
    let response = try await makeTransport().send(request)
    #expect(response.status == 302 && response.body == Array("no".utf8))
    #expect(server.requests.count == 1)
  }
}
