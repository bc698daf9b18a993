import RegistryStore
import Skills
import Testing

/// Whoever decides at the same time, an organisation has an owner, and each offer one end.
@Suite struct OwnershipRaceTests {
  private let people: People

  init() throws {
    people = try People()
  }

  @Test func `of two last owners who remove each other, or leave, at once, one stays`() async throws {
    let (people, accounts) = (people, people.accounts)
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let acme = try await accounts.createOrganisation(
      people.name("acme"), displayName: nil, by: ann.id, at: people.start)
    try await accounts.setRole(.owner, of: bob.handle, in: acme, by: ann.id, at: people.start)
    let pairs = [(ann, bob), (bob, ann), (ann, ann), (bob, bob)]
    let count = await people.successes(
      of: 20, failing: { $0 is AccountRefusal },
      attempt: { index in
        let (owner, removed) = pairs[index % pairs.count]
        try await accounts.removeMember(removed.handle, from: acme, by: owner.id, at: people.start)
        return true
      })
    #expect(count == 1)
    #expect(try await accounts.members(of: acme).map(\.role) == [.owner])
  }

  @Test func `of two offers that are made and accepted at once, one moves the organisation`() async throws {
    let (people, accounts) = (people, people.accounts)
    let (ann, bob, carol) = try await (people.account("ann"), people.account("bob"), people.account("carol"))
    let acme = try await accounts.createOrganisation(
      people.name("acme"), displayName: nil, by: ann.id, at: people.start)
    let first = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: people.start)
    let count = await people.successes(
      of: 20, failing: { $0 is AccountRefusal },
      attempt: { index in
        if index % 2 == 0 {
          try await accounts.accept(transfer: first.id, by: bob.id, at: people.start)
        } else {
          let second = try await accounts.offer(acme, to: carol.handle, by: ann.id, at: people.start)
          try await accounts.accept(transfer: second.id, by: carol.id, at: people.start)
        }
        return true
      })
    #expect(count == 1)
    let members = try await accounts.members(of: acme)
    #expect(members.map(\.role) == [.owner])
    #expect(members.allSatisfy { $0.account != ann.id })
    #expect(try await people.rows("SELECT id FROM transfers WHERE ended_at IS NULL").isEmpty)
  }
}
