import Foundation
import Testing

/// Logins at a real registry from which no token comes.
@Suite(.enabled(if: Program.find("curl") != nil), .timeLimit(.minutes(5))) struct LoginEndingTests {
  @Test func `a login that is denied ends at once, and its code is over`() async throws {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser()
    let person = try Person()
    let ending = try await person.logIn(at: registry, "deny", in: browser)
    #expect(ending.status == 3, "\(ending.transcript)")
    #expect(ending.transcript.contains("was denied"))
    #expect(try person.settings() == nil)
    let code = try #require(ending.transcript.firstMatch(of: /[B-Z]{4}-[B-Z]{4}/)).output
    #expect(try await browser.submit("/auth/device", ["code": String(code)]).status == 422)
  }

  @Test(.enabled(if: Program.find("python3") != nil))
  func `a login that is approved too late is over for both sides`() async throws {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser()
    let person = try Person()
    let ending = try await person.atTerminal(["login", "--registry", registry.url]) { terminal in
      let code = try await terminal.loginCode()
      try await registry.age("UPDATE device_codes SET expires_at = 0")
      #expect(try await browser.decide("approve", on: code).said.status == 422)
    }
    #expect(ending.status == 3, "\(ending.transcript)")
    #expect(ending.transcript.contains("agent-mesh login --registry \(registry.url)"), "\(ending.transcript)")
    #expect(try person.settings() == nil)
  }

  @Test func `Ctrl-C leaves nothing here, and an approval after it makes no token there`() async throws {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser()
    let person = try Person()
    let ending = try await person.atTerminal(["login", "--registry", registry.url]) { terminal in
      _ = try await terminal.loginCode()
      terminal.pressControlC()
    }
    #expect(ending.status == 130, "\(ending.transcript)")
    #expect(try person.settings() == nil)
    let code = try #require(ending.transcript.firstMatch(of: /[B-Z]{4}-[B-Z]{4}/)).output
    #expect(try await browser.decide("approve", on: String(code)).said.status == 200)
    let tokens = try await browser.get("/settings/tokens")
    #expect(tokens.status == 200 && !tokens.text.contains("agent-mesh on"))
  }
}
