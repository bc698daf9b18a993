import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct TokenTests {
  private let folder: TemporaryFolder
  private let store: RegistryStore
  private let start = Date(timeIntervalSince1970: 1_000_000)

  init() throws {
    folder = try TemporaryFolder()
    store = try RegistryStore(folder: folder.path.appending("data"))
  }

  private func token(_ author: AuthorName) async throws -> AccessToken {
    try #require(try await store.accounts.createToken(for: author, at: start, expiringAt: nil))
  }

  @Test func `an author's tokens are listed with their last use, to the hour`() async throws {
    let acme = try AuthorName(parsing: "acme")
    try await store.accounts.createAuthor(acme, at: start)
    let used = try await token(acme)
    _ = try await token(acme)
    func lastUses() async throws -> [Date?]? { try await store.accounts.tokens(of: acme)?.map(\.lastUsedAt) }
    #expect(try await lastUses() == [nil, nil])
    for (seconds, noted) in [(0.0, 0.0), (3_000, 0), (3_600, 3_600), (7_000, 3_600)] {
      _ = try await store.accounts.identity(presenting: used, at: start.addingTimeInterval(seconds))
      #expect(try await lastUses() == [start.addingTimeInterval(noted), nil])
    }
    #expect(try await store.accounts.tokens(of: AuthorName(parsing: "nobody")) == nil)
  }

  @Test func `tokens are ended by their number or all at once, and only those of their author`() async throws {
    let acme = try AuthorName(parsing: "acme")
    let rival = try AuthorName(parsing: "rival")
    for author in [acme, rival] { try await store.accounts.createAuthor(author, at: start) }
    let tokens = [try await token(acme), try await token(acme), try await token(rival)]
    let ids = try #require(try await store.accounts.tokens(of: acme)).map(\.id)
    #expect(try await store.accounts.revoke(.one(ids[0]), of: rival, at: start) == 0)
    #expect(try await store.accounts.revoke(.one(ids[0]), of: acme, at: start) == 1)
    #expect(try await store.accounts.revoke(.one(ids[0]), of: acme, at: start) == 0)
    #expect(try await store.accounts.identity(presenting: tokens[0], at: start) == nil)
    #expect(try await store.accounts.identity(presenting: tokens[1], at: start) != nil)
    #expect(try await store.accounts.revoke(.all, of: acme, at: start) == 1)
    #expect(try await store.accounts.identity(presenting: tokens[1], at: start) == nil)
    #expect(try await store.accounts.identity(presenting: tokens[2], at: start) != nil)
    #expect(try await store.accounts.revoke(.all, of: AuthorName(parsing: "nobody"), at: start) == nil)
  }

  @Test(arguments: ["adm1n", "0fficial", "ap-i", "1egal"])
  func `a name that reads like a reserved one is reserved`(name: String) async throws {
    await #expect(throws: Accounts.AuthorRefusal.reserved) {
      try await store.accounts.createAuthor(AuthorName(parsing: name), at: start)
    }
  }
}
