import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct NameTests {
  private let people: People

  init() throws {
    people = try People()
  }

  @Test func `of fifty who sign up with one handle or one that reads like it, one gets it`() async throws {
    let people = people
    let count = await people.successes(
      of: 50, failing: { $0 is Accounts.AuthorRefusal || People.isOverload($0) },
      attempt: { index in
        _ = try await people.account(["lion", "1ion", "l-ion", "li0n"][index % 4])
        return true
      })
    #expect(count == 1)
    #expect(try await people.rows("SELECT id FROM accounts").count == 1)
    #expect(try await people.rows("SELECT name FROM names").count == 1)
  }

  @Test func `an old name leads to the new one, is nobody else's, and can be taken back`() async throws {
    let ann = try await people.account("ann")
    let publisher = try await people.identity(ann)
    try await people.publish("1.0.0", of: "ann/tool", by: publisher)
    let (accounts, start) = (people.accounts, people.start)
    let (old, new) = try (people.name("ann"), people.name("anna"))
    try await accounts.rename(old, to: new, by: ann.id, at: start)

    let author = try #require(try await accounts.author(new))
    #expect(author.id == ann.authorID && author.name == new && !author.isOrganisation && !author.isDeleted)
    #expect(try await accounts.author(old) == author)
    #expect(try await accounts.account(new)?.id == ann.id)
    #expect(try await people.store.catalog.history(of: SkillName(parsing: "anna/tool"))?.newest != nil)
    func found(_ query: String) async throws -> [String] {
      let scope = SearchScope(reader: .stranger, owner: nil, limit: 10)
      return try await people.store.catalog.search(SearchQuery(query), in: scope).map(\.skill.name.description)
    }
    #expect(try await found("anna") == ["anna/tool"])
    await #expect(throws: Accounts.AuthorRefusal.exists) { _ = try await people.account("ann") }
    await #expect(throws: Accounts.AuthorRefusal.confusable(other: "ann")) { _ = try await people.account("a-nn") }

    try await accounts.rename(new, to: old, by: ann.id, at: start)
    #expect(try await accounts.author(new)?.name == old)
    #expect(try await found("anna").isEmpty)
    #expect(try await found("ann") == ["ann/tool"])
  }

  @Test func `patterns of tokens follow a rename, and those of other names do not`() async throws {
    let ann = try await people.account("ann")
    func scope(_ patterns: [String]) throws -> TokenScope {
      let patterns = try patterns.map { try ResourcePattern(parsing: $0) }
      return TokenScope(rights: [.publishUpdate], skills: patterns, agents: patterns)
    }
    _ = try await people.identity(ann, scope(["ann/*", "joann/ann", "ann/tool"]))
    _ = try await people.identity(ann)
    try await people.accounts.rename(ann.handle, to: people.name("anna"), by: ann.id, at: people.start)
    let scopes = try #require(try await people.accounts.tokens(of: people.name("anna"))).map(\.scope)
    #expect(scopes == [try scope(["anna/*", "joann/ann", "anna/tool"]), .everything])
  }

  @Test func `only an owner renames, and only to a name that is free`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    await #expect(throws: AccountRefusal.notOwner(ann.handle)) {
      try await accounts.rename(ann.handle, to: people.name("carol"), by: bob.id, at: start)
    }
    let cases: [(String, Accounts.AuthorRefusal)] = [
      ("admin", .reserved), ("bob", .exists), ("b0b", .confusable(other: "bob")),
    ]
    for (name, refusal) in cases {
      await #expect(throws: refusal) {
        try await accounts.rename(ann.handle, to: people.name(name), by: ann.id, at: start)
      }
    }
    #expect(try await accounts.account(ann.handle) == ann)
  }

  @Test func `an account takes a few names at once, and then one at a time`() async throws {
    let ann = try await people.account("ann")
    let (accounts, start) = (people.accounts, people.start)
    func create(_ name: String, after seconds: TimeInterval) async throws {
      let time = start.addingTimeInterval(seconds)
      _ = try await accounts.createOrganisation(people.name(name), displayName: nil, by: ann.id, at: time)
    }
    // One that was refused does not count.
    await #expect(throws: Accounts.AuthorRefusal.reserved) { try await create("admin", after: 0) }
    for index in 0..<5 { try await create("org-\(index)", after: 0) }
    let refusal = Accounts.AuthorRefusal.tooMany(retryAfter: 600)
    await #expect(throws: refusal) { try await create("org-5", after: 0) }
    try await create("org-5", after: 600)
    await #expect(throws: refusal) { try await create("org-6", after: 600) }
  }
}
