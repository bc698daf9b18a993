import TestSupport
import Testing

@testable import HTTPTransport

@Suite(.enabled(if: EncryptedServer.isAvailable, "needs /usr/bin/openssl"))
struct EncryptionTests {
  private func send(
    _ target: String, host: String = "localhost", to server: EncryptedServer, trusting variable: String?
  ) async throws(TransportError) -> HTTPResponse {
    let environment = variable.map { [$0: server.certificate] } ?? [:]
    let url = try HTTPURL(parsing: "https://\(host):\(server.port)/\(target)")
    var request = HTTPRequest(.get, url)
    request.retries = .never
    return try await makeTransport(environment: environment).send(request)
  }

  @Test(arguments: ["SSL_CERT_FILE", "CURL_CA_BUNDLE"])
  func `trusts the certificates that the environment names`(variable: String) async throws {
    let server = try EncryptedServer(answers: ["x": "HTTP/1.0 200 OK\r\nX: y\r\n\r\nencrypted"])
    let response = try await send("x", to: server, trusting: variable)
    #expect(response.body == Array("encrypted".utf8))
    #expect(response.head.version == .http10)
  }

  @Test func `trusts no certificate that nobody vouches for`() async throws {
    let server = try EncryptedServer(answers: ["x": "HTTP/1.0 200 OK\r\n\r\nencrypted"])
    let error = await failure { () async throws(TransportError) in try await send("x", to: server, trusting: nil) }
    #expect(error?.code == .tls)
  }

  @Test func `trusts no certificate of another name`() async throws {
    let server = try EncryptedServer(answers: ["x": "HTTP/1.0 200 OK\r\n\r\nencrypted"])
    let error = await failure { () async throws(TransportError) in
      try await send("x", host: "127.0.0.1", to: server, trusting: "SSL_CERT_FILE")
    }
    #expect(error?.code == .tls)
  }

  @Test func `is never led from an encrypted address to a plain one`() async throws {
    let plain = TestServer { _, connection in try connection.reply(200) }
    let location = plain.url("/", host: "localhost").text
    let server = try EncryptedServer(answers: ["x": "HTTP/1.0 302 Found\r\nLocation: \(location)\r\n\r\n"])
    let error = await failure { () async throws(TransportError) in
      try await send("x", to: server, trusting: "SSL_CERT_FILE")
    }
    #expect(error?.code == .refusedRedirect)
    #expect(plain.accepted == 0)
  }

  @Test func `a server that does not speak TLS is not trusted`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    let garbage = TestServer { _, connection in connection.close() }
    for port in [server.port, garbage.port] {
      var request = HTTPRequest(.get, try HTTPURL(parsing: "https://127.0.0.1:\(port)/"))
      request.retries = .never
      request.timeouts.total = .seconds(1)
      let error = await failure { [request] () async throws(TransportError) in
        try await makeTransport().send(request)
      }
      #expect(error != nil)
    }
  }
}
