import RegistryAPI
import RegistryServer
import RegistryStore
import Skills
import Testing

/// Forms that a limit, or something in the way, keeps from being done.
@Suite struct HeldFormTests {
  @Test func `a token beyond the last one is refused on its form, which keeps what was typed`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let ada = try #require(try await server.store.accounts.account(AuthorName(parsing: "ada")))
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<Accounts.maximumTokens { group.addTask { try await server.newToken(of: ada) } }
      try await group.waitForAll()
    }
    let fields = [("name", "CI of the site"), ("days", "31"), ("skills", "ada/*"), ("agents", "*"), ("right", "yank")]
    let refused = try await browser.submit("/settings/tokens", fields)
    #expect(refused.status == 409)
    #expect(refused.headers["retry-after"] == nil)
    #expect(refused.problem?.contains("\(Accounts.maximumTokens) tokens in use") == true, "\(refused.text)")
    for typed in ["CI of the site", "31", "ada/*"] { #expect(refused.text.contains("value=\"\(typed)\""), "\(typed)") }
    #expect(refused.text.contains("value=\"yank\" checked"))
  }

  @Test func `a code too many is refused on its form, which keeps it and says how long to wait`() async throws {
    var limits = RegistryLimits()
    limits.codesPerSession = Rate(1, perSeconds: 900)
    let server = try await TestServer.start(limits: limits)
    var browser = try await server.browser(of: "ada")
    let wrong = try await browser.submit("/auth/device", [("code", "BCDF-GHJK")])
    #expect(wrong.status == 422 && wrong.hasFault(beside: "code") && wrong.problem == nil)
    let refused = try await browser.submit("/auth/device", [("code", "BCDF-GHJL")])
    #expect(refused.status == 429)
    #expect(refused.problem != nil && !refused.hasFault(beside: "code"))
    #expect(refused.text.contains("value=\"BCDF-GHJL\""))
    #expect(refused.headers["retry-after"].flatMap { Int($0) }.map { $0 > 0 } == true, "\(refused.headers)")
  }

  @Test func `the limit of a form as such leads back to it`() async throws {
    var limits = RegistryLimits()
    limits.rates[.token] = Rate(1, perSeconds: 3_600)
    let server = try await TestServer.start(limits: limits)
    var browser = try await server.browser(of: "ada")
    #expect(try await browser.submit("/settings/tokens", []).status == 422)
    let refused = try await browser.submit("/settings/tokens", [])
    #expect(refused.status == 429 && refused.headers["retry-after"] != nil)
    #expect(refused.text.contains("Your browser leads back to the form"))
    #expect(try await !browser.get("/nothing").text.contains("leads back to the form"))
  }
}
