import Foundation
import RegistryStore
import Skills
import Testing

/// How many people, organisations, offers and links there can be around one of them.
@Suite struct PeopleQuotaTests {
  private let people: People

  init() throws {
    people = try People()
  }

  private func organisation(_ name: String, by owner: Account) async throws -> Organisation {
    try await people.accounts.createOrganisation(people.name(name), displayName: nil, by: owner.id, at: people.start)
  }

  /// Authors `x1`, `x2` and so on.
  private func addAuthors(_ count: Int, areOrganisations: Bool) async throws {
    try await people.execute(
      """
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(count))
      INSERT INTO authors (name, skeleton, is_organisation, created_at)
      SELECT 'x' || n, 'x' || n, \(areOrganisations), 1 FROM numbers
      """)
  }

  @Test func `an organisation has so many members, whose roles go on changing`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    let acme = try await organisation("acme", by: ann)
    try await addAuthors(Accounts.maximumMembers - 1, areOrganisations: false)
    try await people.execute(
      """
      INSERT INTO accounts (author_id, password, is_operator, created_at)
      SELECT id, 'none', 0, 1 FROM authors WHERE name LIKE 'x%'
      """)
    try await people.execute(
      """
      INSERT INTO members (author_id, account_id, role, joined_at)
      SELECT \(acme.authorID), accounts.id, 'reader', 1 FROM accounts
      JOIN authors ON authors.id = author_id WHERE name LIKE 'x%'
      """)
    await #expect(throws: QuotaRefusal.members) {
      try await accounts.setRole(.reader, of: bob.handle, in: acme, by: ann.id, at: start)
    }
    let member = try people.name("x7")
    try await accounts.setRole(.publisher, of: member, in: acme, by: ann.id, at: start)
    #expect(try await accounts.members(of: acme).count == Accounts.maximumMembers)
    try await accounts.removeMember(member, from: acme, by: ann.id, at: start)
    try await accounts.setRole(.reader, of: bob.handle, in: acme, by: ann.id, at: start)
  }

  @Test func `an account is in so many organisations, however it gets into one`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    let acme = try await organisation("acme", by: ann)
    let offer = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    try await addAuthors(Accounts.maximumOrganisations, areOrganisations: true)
    try await people.execute(
      """
      INSERT INTO members (author_id, account_id, role, joined_at)
      SELECT id, \(bob.id), 'owner', 1 FROM authors WHERE name LIKE 'x%'
      """)
    await #expect(throws: QuotaRefusal.organisations) { _ = try await organisation("guild", by: bob) }
    await #expect(throws: QuotaRefusal.organisations) {
      try await accounts.setRole(.reader, of: bob.handle, in: acme, by: ann.id, at: start)
    }
    await #expect(throws: QuotaRefusal.organisations) {
      try await accounts.accept(transfer: offer.id, by: bob.id, at: start)
    }
    // Nothing of what was refused is left, and what stood stands.
    #expect(try await accounts.author(people.name("guild")) == nil)
    #expect(try await accounts.members(of: acme).map(\.handle) == [ann.handle])
    #expect(try await accounts.transfers(of: bob.id, at: start) == [offer])
    let left = try #require(try await accounts.organisation(people.name("x1")))
    try await accounts.setRole(.owner, of: ann.handle, in: left, by: bob.id, at: start)
    try await accounts.removeMember(bob.handle, from: left, by: bob.id, at: start)
    try await accounts.accept(transfer: offer.id, by: bob.id, at: start)
  }

  @Test func `so many offers to one account stand, and one in the place of another is no more`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    let (acme, guild) = try await (organisation("acme", by: ann), organisation("guild", by: ann))
    _ = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    try await addAuthors(Accounts.maximumTransfers - 1, areOrganisations: true)
    let end = start.addingTimeInterval(60)
    try await people.execute(
      """
      INSERT INTO transfers (author_id, from_account, to_account, expires_at)
      SELECT id, \(ann.id), \(bob.id), \(end) FROM authors WHERE name LIKE 'x%'
      """)
    await #expect(throws: QuotaRefusal.transfers) {
      _ = try await accounts.offer(guild, to: bob.handle, by: ann.id, at: start)
    }
    _ = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    #expect(try await accounts.transfers(of: bob.id, at: start).count == Accounts.maximumTransfers)
    _ = try await accounts.offer(guild, to: bob.handle, by: ann.id, at: end)
  }

  @Test func `so many links for accounts are in use, and the operator makes another one`() async throws {
    let ann = try await people.account("ann")
    let (accounts, start) = (people.accounts, people.start)
    let end = start.addingTimeInterval(60)
    try await people.execute(
      """
      WITH RECURSIVE numbers (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(Accounts.maximumInvitations))
      INSERT INTO invitations (hash, purpose, expires_at) SELECT randomblob(32), 'account', \(end) FROM numbers
      """)
    await #expect(throws: QuotaRefusal.invitations) { _ = try await accounts.invite(by: ann.id, at: start) }
    _ = try await accounts.invite(nil, at: start)
    _ = try await accounts.invite(by: ann.id, at: end)
  }
}
