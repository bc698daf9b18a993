import Foundation
import TestSupport
import Testing

@testable import HTTPTransport

struct ConnectionTests {
  @Test func `one connection serves requests that follow each other`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, "x") }
    let transport = makeTransport()
    for _ in 0..<10 { _ = try await transport.send(HTTPRequest(.get, server.url())) }
    #expect(server.accepted == 1)
  }

  @Test func `200 requests at once share eight connections`() async throws {
    let server = TestServer { request, connection in try connection.reply(200, request.target) }
    let transport = makeTransport()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          let response = try await transport.send(HTTPRequest(.get, server.url("/\(number)")))
          return response.body == Array("/\(number)".utf8)
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(server.requests.count == 200)
    #expect((1...8).contains(server.accepted))
  }

  @Test func `waiting for a free connection is not taken for a slow one`() async throws {
    let server = TestServer { _, connection in
      Thread.sleep(forTimeInterval: 0.4)
      try connection.reply(200)
    }
    var configuration = TransportConfiguration(userAgent: "t", environment: [:])
    configuration.connectionsPerHost = 1
    let transport = HTTPTransport(configuration)
    var request = HTTPRequest(.get, server.url())
    request.timeouts.connect = .seconds(2)
    request.retries = .never
    try await withThrowingTaskGroup(of: Int.self) { [request] group in
      for _ in 0..<8 { group.addTask { try await transport.send(request).status } }
      for try await status in group { #expect(status == 200) }
    }
  }

  @Test func `cancelling the task ends the transfer`() async throws {
    let begun = Signal()
    let ended = Signal()
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
      begun.fire()
      connection.waitForEnd()
      ended.fire()
    }
    let transport = makeTransport()
    let task = Task { try await transport.send(HTTPRequest(.get, server.url())) }
    await begun.wait()
    task.cancel()
    let error = await #expect(throws: TransportError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    await ended.wait()
  }

  @Test func `a task that is cancelled already asks nobody`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    let transport = makeTransport()
    let begun = Signal()
    let task = Task {
      await begun.wait()
      return try await transport.send(HTTPRequest(.get, server.url()))
    }
    task.cancel()
    begun.fire()
    let error = await #expect(throws: TransportError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    #expect(server.accepted == 0)
  }

  @Test func `cancelling a download leaves no file`() async throws {
    let folder = ScratchFolder()
    let begun = Signal()
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
      connection.waitForEnd()
    }
    let transport = makeTransport()
    let plan = DownloadPlan(to: .newFile(path: folder.file("out")), limit: 1000, reporting: { _ in begun.fire() })
    let task = Task { try await transport.download(HTTPRequest(.get, server.url()), plan) }
    await begun.wait()
    #expect(folder.bytes(of: "out") == Array("abc".utf8))
    task.cancel()
    await #expect(throws: TransportError.self) { try await task.value }
    #expect(folder.names.isEmpty)
  }

  @Test func `cancelling the pause before another try ends the request`() async throws {
    let server = TestServer { _, connection in try connection.reply(503) }
    let begun = Signal()
    var configuration = TransportConfiguration(userAgent: "t", environment: [:])
    configuration.pause = { _ in
      begun.fire()
      try await Task.sleep(for: .seconds(3600))
    }
    let transport = HTTPTransport(configuration)
    let task = Task { try await transport.send(HTTPRequest(.get, server.url())) }
    await begun.wait()
    task.cancel()
    let error = await #expect(throws: TransportError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }

  @Test func `shutting down cancels what runs and what comes after`() async throws {
    let begun = Signal()
    let server = TestServer { _, connection in
      begun.fire()
      connection.waitForEnd()
    }
    let transport = makeTransport()
    let task = Task { try await transport.send(HTTPRequest(.get, server.url())) }
    await begun.wait()
    transport.thread.stop()
    let error = await #expect(throws: TransportError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    let later = await failure { () async throws(TransportError) in
      try await transport.send(HTTPRequest(.get, server.url()))
    }
    #expect(later?.code == .cancelled)
  }

  @Test func `releasing the transport closes its connections`() async throws {
    let ended = Signal()
    let server = TestServer { _, connection in
      try connection.reply(200)
      connection.waitForEnd()
      ended.fire()
    }
    var transport: HTTPTransport? = makeTransport()
    _ = try await transport?.send(HTTPRequest(.get, server.url()))
    transport = nil
    await ended.wait()
  }

  /// In a process of its own: where a home is belongs to the process.
  @Test func `a login from netrc is never used`() async {
    await #expect(processExitsWith: .success) {
      let folder = ScratchFolder()
      _ = folder.write(Array("machine 127.0.0.1 login user password secret\n".utf8), to: ".netrc")
      setenv("HOME", folder.path, 1)
      let server = TestServer { _, connection in try connection.reply(401, headers: ["WWW-Authenticate: Basic"]) }
      _ = try await makeTransport().send(HTTPRequest(.get, server.url()))
      #expect(server.requests.map { $0.headers["Authorization"] } == [nil])
    }
  }
}

struct ProxyTests {
  @Test func `goes through the proxy that the environment names`() async throws {
    let proxy = TestServer { request, connection in try connection.reply(200, "proxied \(request.target)") }
    let environment = ["http_proxy": "http://127.0.0.1:\(proxy.port)"]
    let transport = makeTransport(environment: environment, insecure: ["far.test"])
    let response = try await transport.send(HTTPRequest(.get, HTTPURL(parsing: "http://far.test/x")))
    #expect(response.body == Array("proxied http://far.test/x".utf8))
  }

  @Test(arguments: ["far.test", "other.test, .test", "*"])
  func `reaches the exceptions directly`(exceptions: String) async throws {
    let proxy = TestServer { _, connection in try connection.reply(200) }
    let environment = ["http_proxy": "http://127.0.0.1:\(proxy.port)", "NO_PROXY": exceptions]
    let transport = makeTransport(environment: environment, insecure: ["far.test"])
    let error = await failure { () async throws(TransportError) in
      try await transport.send(HTTPRequest(.get, HTTPURL(parsing: "http://far.test/x")))
    }
    #expect(error?.code == .resolve)
    #expect(proxy.accepted == 0)
  }

  @Test func `this machine is never reached through a proxy`() async throws {
    let proxy = TestServer { _, connection in try connection.reply(418) }
    let server = TestServer { _, connection in try connection.reply(200) }
    let transport = makeTransport(environment: ["ALL_PROXY": "http://127.0.0.1:\(proxy.port)"])
    #expect(try await transport.send(HTTPRequest(.get, server.url())).status == 200)
    #expect(proxy.accepted == 0)
  }

  @Test func `a proxy sees neither token nor header fields of an encrypted request`() async throws {
    let proxy = TestServer { _, connection in try connection.reply(403) }
    let transport = makeTransport(environment: ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
    let url = try HTTPURL(parsing: "https://far.test/x")
    var request = HTTPRequest(.get, url, headers: ["X-Private": "1"])
    request.credential = try Credential(token: "ah_x", for: url.origin)
    let error = await failure { [request] () async throws(TransportError) in try await transport.send(request) }
    #expect(error?.code == .proxy)
    let seen = try #require(proxy.requests.first)
    #expect(seen.method == "CONNECT")
    #expect(seen.target == "far.test:443")
    #expect(seen.headers["Authorization"] == nil)
    #expect(seen.headers["X-Private"] == nil)
  }

  @Test func `a proxy that does not listen is an error`() async throws {
    let environment = ["https_proxy": "http://127.0.0.1:\(TestServer.closedPort())"]
    let error = await failure { () async throws(TransportError) in
      try await makeTransport(environment: environment).send(HTTPRequest(.get, HTTPURL(parsing: "https://far.test/")))
    }
    #expect(error?.code == .connect)
  }
}
