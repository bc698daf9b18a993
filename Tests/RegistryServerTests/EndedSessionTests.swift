import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct EndedSessionTests {
  @Test(arguments: [
    ("/settings/tokens", "name=CI&days=30&skills=*&right=manage"), ("/settings/organisations", "name=guild"),
    ("/settings/handle", "handle=countess"),
  ])
  func `a form that is on its way while its session ends changes nothing`(path: String, form: String) async throws {
    let server = try await TestServer.start()
    let browser = try await server.browser(of: "ada")
    let ada = try #require(try await server.store.accounts.account(AuthorName(parsing: "ada")))
    let cookie = browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    let connection = try RawConnection(port: server.port)
    let head =
      "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nOrigin: \(server.url)\r\nCookie: \(cookie)\r\n"
      + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n"
      + "Expect: 100-continue\r\nConnection: close\r\n\r\n"
    let permission = try await onThread {
      connection.write(head)
      return connection.read(until: "\r\n\r\n")
    }
    // The session was good when the form was announced.
    #expect(permission.hasPrefix("HTTP/1.1 100"), "\(permission)")
    for session in try await server.store.accounts.sessions(of: ada.id, at: server.clock.now) {
      #expect(try await server.store.accounts.endSession(session.id, of: ada.id))
    }
    let answer = try await onThread {
      connection.write(form)
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 303") && answer.lowercased().contains("\r\nlocation: /login\r\n"), "\(answer)")
    #expect(try await server.store.accounts.tokens(of: ada.handle)?.isEmpty == true)
    #expect(try await server.store.accounts.organisations(of: ada.id).isEmpty)
    #expect(try await server.store.accounts.account(ada.handle)?.id == ada.id)
  }
}
