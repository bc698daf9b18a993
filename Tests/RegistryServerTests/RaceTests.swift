import Foundation
import RegistryServer
import RegistryStore
import Skills
import Testing

/// Many people at once who want what there is once.
@Suite(.timeLimit(.minutes(10))) struct RaceTests {
  private func server(_ change: (inout RegistryConfiguration) -> Void) async throws -> TestServer {
    var configuration = RegistryConfiguration()
    change(&configuration)
    return try await TestServer.start(configuration: configuration)
  }

  /// How often each status answers forms that are sent at once, each by a browser of its own.
  private func statuses(
    _ server: TestServer, _ count: Int, _ form: @escaping @Sendable (Int) -> (path: String, fields: [(String, String)])
  ) async throws -> [Int: Int] {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<count {
        group.addTask {
          var browser = TestBrowser(server)
          let (path, fields) = form(index)
          return try await browser.submit(path, fields).status
        }
      }
      return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
  }

  @Test func `of fifty who sign up with one handle, one gets it`() async throws {
    let server = try await server { configuration in
      configuration.signUp = .open
      configuration.limits.rates[.signUp] = Rate(1_000, perSeconds: 3_600)
    }
    let found = try await statuses(server, 50) { index in
      ("/signup", [("handle", "ada"), ("password", "password of \(index)")])
    }
    #expect(found[303] == 1, "\(found)")
    // Taken, or more at once than passwords may wait.
    #expect(Set(found.keys).isSubset(of: [303, 422, 503]), "\(found)")
    let ada = try AuthorName(parsing: "ada")
    #expect(try await server.store.accounts.account(ada) != nil)
    var matching = 0
    for index in 0..<50 {
      let password = try Password(parsing: "password of \(index)")
      if try await server.store.accounts.signIn(ada, password) != nil { matching += 1 }
    }
    #expect(matching == 1)
  }

  @Test func `of twenty who use one link, one gets an account`() async throws {
    let server = try await server { $0.limits.rates[.signIn] = Rate(1_000, perSeconds: 3_600) }
    let link = try await server.store.accounts.invite(nil, at: server.clock.now)
    let found = try await statuses(server, 20) { index in
      ("/link/\(link.text)", [("handle", "person-\(index)"), ("password", "correct horse")])
    }
    #expect(found[303] == 1, "\(found)")
    #expect(Set(found.keys).isSubset(of: [303, 404, 410, 503]), "\(found)")
    var accounts = 0
    for index in 0..<20 {
      if try await server.store.accounts.account(AuthorName(parsing: "person-\(index)")) != nil { accounts += 1 }
    }
    #expect(accounts == 1)
  }

  @Test func `of two who decide about one device at once, one does`() async throws {
    let server = try await server { _ in }
    let (ada, bob) = try await (server.browser(of: "ada"), server.browser(of: "bob"))
    let client = ClientDescription(name: "CLI", address: "192.0.2.1")
    let codes = try await server.store.accounts.startDeviceGrant(on: client, at: server.clock.now)
    let pages = try await withThrowingTaskGroup(of: Int.self) { group in
      for (person, decision) in [(ada, "approve"), (bob, "approve"), (ada, "deny"), (bob, "deny")] {
        group.addTask {
          var browser = person
          let fields = [("code", codes.userCode.description), ("decision", decision)]
          return try await browser.submit("/auth/device", fields).status
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(pages.sorted() == [200, 422, 422, 422])
  }
}
