import RegistryAPI
import RegistryServer
import RegistryStore
import Testing

@Suite struct ForeignFormTests {
  @Test func `no other site uses up the limits of those who look at it`() async throws {
    var limits = RegistryLimits()
    limits.rates[.signIn] = Rate(2, perSeconds: 3_600)
    let server = try await TestServer.start(limits: limits)
    let link = try await server.store.accounts.invite(nil, at: server.clock.now)
    var browser = TestBrowser(server)
    let fields = [("handle", "ada"), ("password", "correct horse")]
    for _ in 0..<4 {
      let foreign = try await browser.submit("/login", fields, from: "Origin: https://evil.example\r\n")
      #expect(foreign.status == 403)
      #expect(try await browser.get("/link/\(Secret().text)").status == 404)
    }
    #expect(try await browser.submit("/link/\(link.text)", fields).status == 303)
    #expect(try await browser.submit("/login", fields).status == 303)
    #expect(try await browser.submit("/login", fields).status == 429)
  }
}
