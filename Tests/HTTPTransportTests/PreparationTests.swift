import TestSupport
import Testing

@testable import HTTPTransport

/// What happens before the first request, and what is said about each.
struct PreparationTests {
  @Test func `a prepared transport answers like any other, and settling it twice does no harm`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, "here") }
    let transport = makeTransport()
    transport.prepare()
    transport.prepare()
    transport.settle()
    #expect(try await transport.send(HTTPRequest(.get, server.url())).body == Array("here".utf8))
    transport.settle()
    makeTransport().settle()
  }

  @Test(.timeLimit(.minutes(1))) func `preparing loads the library once, and only then settling waits for it`()
    async throws
  {
    let loads = Log<String>()
    let thread = TransferThread(connectionsPerHost: 1, connections: 1) {
      loads.add("load")
      return CurlLibrary.loaded
    }
    let transport = HTTPTransport(TransportConfiguration(userAgent: "agent-mesh/test", environment: [:]), thread)
    transport.settle()
    #expect(loads.values == [])
    transport.prepare()
    transport.prepare()
    while loads.values.isEmpty { await Task.yield() }
    transport.settle()
    #expect(loads.values.count == 2)
  }

  @Test func `every exchange is observed, without its query`() async throws {
    let server = TestServer { request, connection in
      if request.target.hasPrefix("/start") { return try connection.reply(302, headers: ["Location: /end"], "") }
      try connection.reply(404, "")
    }
    let seen = Log<String>()
    var configuration = TransportConfiguration(userAgent: "agent-mesh/test", environment: [:])
    configuration.observe = { seen.add($0.description.split(separator: " (")[0].description) }
    let transport = HTTPTransport(configuration)
    _ = try await transport.send(HTTPRequest(.get, server.url("/start?token=secret")))
    #expect(seen.values == ["GET \(server.url("/start")) 302", "GET \(server.url("/end")) 404"])
    _ = await failure { () async throws(TransportError) in
      try await transport.send(HTTPRequest(.post, HTTPURL(parsing: "http://127.0.0.1:\(TestServer.closedPort())/x")))
    }
    #expect(seen.values.last?.hasSuffix("/x failed") == true)
  }
}
