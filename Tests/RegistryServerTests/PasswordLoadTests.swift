import Dispatch
import HTTPTransport
import Testing

@testable import RegistryStore

/// What people notice of passwords that are hashed one at a time.
@Suite(.timeLimit(.minutes(5))) struct PasswordLoadTests {
  @Test func `while too many passwords wait, signing in is refused with the time to wait, and nothing else is`()
    async throws
  {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let hasher = server.store.accounts.passwords
    let gate = DispatchSemaphore(value: 0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0...PasswordHasher.waitingLimit { group.addTask { try await hasher.run { gate.wait() } } }
      defer { for _ in 0...PasswordHasher.waitingLimit { gate.signal() } }
      while hasher.openCount <= PasswordHasher.waitingLimit { await Task.yield() }
      let refused = try await browser.submit("/login", [("handle", "ada"), ("password", "correct horse")])
      #expect(refused.status == 503)
      #expect(refused.problem?.contains("Too many people") == true, "\(refused.text)")
      #expect(refused.text.contains("value=\"ada\"") && !refused.text.contains("correct horse"))
      #expect(refused.headers["retry-after"].flatMap { Int($0) }.map { $0 > 0 } == true, "\(refused.headers)")
      #expect(try await browser.get("/settings/tokens").status == 200)
      #expect(try await server.send(.get, "/health").status == 200)
    }
    let accepted = try await browser.submit("/login", [("handle", "ada"), ("password", "correct horse")])
    #expect(accepted.status == 303)
  }
}
