import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// What nothing may keep, or write again, of those who are gone.
@Suite struct DeletionTests {
  private let people: People

  init() throws {
    people = try People()
  }

  @Test func `a deleted organisation keeps neither its address nor the names of its tokens`() async throws {
    let ann = try await people.account("ann")
    let (accounts, start) = (people.accounts, people.start)
    let guild = try await accounts.createOrganisation(people.name("guild"), displayName: nil, by: ann.id, at: start)
    let token = try #require(try await accounts.createToken(for: guild.name, at: start, expiringAt: nil))
    let holder = try #require(try await accounts.identity(presenting: token, at: start))
    try await accounts.showEmail(EmailAddress(parsing: "canary@example.org"), of: holder, at: start)
    let named = NewToken(name: try DisplayName(parsing: "Laptop of Ann"), scope: .everything, expiresAt: nil)
    _ = try await accounts.createToken(named, by: holder, at: start)
    try await accounts.delete(guild, by: ann.id, at: start)
    #expect(try await accounts.author(guild.name)?.publicEmail == nil)
    let names = try await accounts.tokens(of: guild.name)?.map(\.name)
    #expect(names == [String?](repeating: nil, count: 2))
  }

  @Test func `a deleted account follows nobody from then on`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    try await people.accounts.delete(ann.id, at: people.start)
    await #expect(throws: AccountRefusal.accountEnded) {
      _ = try await people.accounts.subscribe(ann.id, toAuthor: bob.authorID, at: people.start)
    }
    #expect(try await people.accounts.subscriptions(of: ann.id).isEmpty)
  }
}
