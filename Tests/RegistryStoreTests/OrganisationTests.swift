import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct OrganisationTests {
  private let people: People

  init() throws {
    people = try People()
  }

  private func organisation(_ name: String, by owner: Account) async throws -> Organisation {
    try await people.accounts.createOrganisation(people.name(name), displayName: nil, by: owner.id, at: people.start)
  }

  @Test(arguments: [(Role.owner, true), (.publisher, true), (.reader, false)])
  func `owners and publishers publish, readers do not`(role: Role, mayPublish: Bool) async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let acme = try await organisation("acme", by: ann)
    let stranger = try await people.identity(bob)
    await #expect(throws: RightRefusal.self) { try await people.publish("1.0.0", of: "acme/tool", by: stranger) }
    try await people.accounts.setRole(role, of: bob.handle, in: acme, by: ann.id, at: people.start)
    let member = try await people.identity(bob)
    #expect(member.role(inAuthor: acme.authorID) == role)
    if mayPublish {
      let outcome = try await people.publish("1.0.0", of: "acme/tool", by: member)
      #expect(outcome.history.skill.authorID == acme.authorID)
      try await people.accounts.removeMember(bob.handle, from: acme, by: ann.id, at: people.start)
    }
    await #expect(throws: RightRefusal.self) { try await people.publish("1.1.0", of: "acme/tool", by: member) }
  }

  @Test func `only owners change who is a member, and a member may leave`() async throws {
    let (ann, bob, carol) = try await (people.account("ann"), people.account("bob"), people.account("carol"))
    let (accounts, start) = (people.accounts, people.start)
    let acme = try await organisation("acme", by: ann)
    try await accounts.setRole(.publisher, of: bob.handle, in: acme, by: ann.id, at: start)
    await #expect(throws: AccountRefusal.notOwner(acme.name)) {
      try await accounts.setRole(.owner, of: bob.handle, in: acme, by: bob.id, at: start)
    }
    await #expect(throws: AccountRefusal.notOwner(acme.name)) {
      try await accounts.removeMember(ann.handle, from: acme, by: bob.id, at: start)
    }
    await #expect(throws: AccountRefusal.unknownAccount(carol.handle)) {
      try await accounts.removeMember(carol.handle, from: acme, by: ann.id, at: start)
    }
    #expect(try await accounts.members(of: acme).map(\.role) == [.owner, .publisher])
    try await accounts.removeMember(bob.handle, from: acme, by: bob.id, at: start)
    #expect(try await accounts.members(of: acme).map(\.handle) == [ann.handle])
    #expect(try await accounts.organisations(of: bob.id).isEmpty)
  }

  @Test func `the last owner can neither leave, nor be demoted, nor be deleted`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    let acme = try await organisation("acme", by: ann)
    let last = AccountRefusal.lastOwner(acme.name)
    await #expect(throws: last) { try await accounts.removeMember(ann.handle, from: acme, by: ann.id, at: start) }
    await #expect(throws: last) {
      try await accounts.setRole(.publisher, of: ann.handle, in: acme, by: ann.id, at: start)
    }
    await #expect(throws: last) { try await accounts.delete(ann.id, at: start) }
    #expect(try await accounts.members(of: acme).map(\.role) == [.owner])
    #expect(try await accounts.account(ann.handle) == ann)
    try await accounts.setRole(.owner, of: bob.handle, in: acme, by: ann.id, at: start)
    try await accounts.delete(ann.id, at: start)
    #expect(try await accounts.members(of: acme).map(\.handle) == [bob.handle])
  }

  @Test func `a transfer needs both sides, and ends every right and token of the old one`() async throws {
    let (ann, bob, carol) = try await (people.account("ann"), people.account("bob"), people.account("carol"))
    let (accounts, start) = (people.accounts, people.start)
    let acme = try await organisation("acme", by: ann)
    try await accounts.setRole(.publisher, of: carol.handle, in: acme, by: ann.id, at: start)
    let ours = try ResourcePattern(parsing: "acme/*")
    let narrow = try await people.identity(carol, TokenScope(rights: [.publishNew], skills: [ours], agents: []))
    let wide = try await people.identity(ann)
    let own = try #require(try await accounts.createToken(for: acme.name, at: start, expiringAt: nil))
    let transfer = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    #expect(try await accounts.transfers(of: bob.id, at: start) == [transfer])
    await #expect(throws: AccountRefusal.transferEnded) {
      try await accounts.accept(transfer: transfer.id, by: carol.id, at: start)
    }
    try await people.publish("1.0.0", of: "acme/tool", by: wide)
    try await accounts.accept(transfer: transfer.id, by: bob.id, at: start)

    #expect(try await accounts.members(of: acme).map(\.handle) == [bob.handle])
    #expect(try await accounts.identity(presenting: own, at: start) == nil)
    await #expect(throws: Accounts.TokenRefusal()) { try await people.publish("1.0.0", of: "acme/b", by: narrow) }
    await #expect(throws: RightRefusal.self) { try await people.publish("1.1.0", of: "acme/tool", by: wide) }
    try await people.publish("1.0.0", of: "ann/mine", by: wide)
    await #expect(throws: AccountRefusal.transferEnded) {
      try await accounts.accept(transfer: transfer.id, by: bob.id, at: start)
    }
  }

  @Test func `a deleted organisation keeps its name and its skills, and nobody who may do anything`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (accounts, start) = (people.accounts, people.start)
    let acme = try await organisation("acme", by: ann)
    try await accounts.setRole(.publisher, of: bob.handle, in: acme, by: ann.id, at: start)
    let member = try await people.identity(bob)
    try await people.publish("1.0.0", of: "acme/tool", by: member)
    let own = try #require(try await accounts.createToken(for: acme.name, at: start, expiringAt: nil))
    let offer = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    #expect(try await accounts.subscribe(bob.id, toAuthor: acme.authorID, at: start))
    await #expect(throws: AccountRefusal.notOwner(acme.name)) {
      try await accounts.delete(acme, by: bob.id, at: start)
    }
    let before = try #require(try await accounts.author(acme.name))
    #expect(before.id == acme.authorID && before.isOrganisation && !before.isDeleted)
    try await accounts.delete(acme, by: ann.id, at: start)

    let after = try #require(try await accounts.author(acme.name))
    #expect(after.id == acme.authorID && after.name == acme.name && after.isDeleted)
    #expect(try await accounts.organisation(acme.name) == nil)
    #expect(try await accounts.organisations(of: bob.id).isEmpty)
    #expect(try await accounts.subscriptions(of: bob.id).isEmpty)
    #expect(try await accounts.identity(presenting: own, at: start) == nil)
    await #expect(throws: AccountRefusal.transferEnded) {
      try await accounts.accept(transfer: offer.id, by: bob.id, at: start)
    }
    await #expect(throws: RightRefusal.self) { try await people.publish("1.1.0", of: "acme/tool", by: member) }
    #expect(try await people.store.catalog.history(of: SkillName(parsing: "acme/tool"))?.newest != nil)
    await #expect(throws: Accounts.AuthorRefusal.exists) { _ = try await organisation("acme", by: bob) }
  }

  @Test(arguments: ["declined", "replaced", "expired", "no owner any more"])
  func `an offer that no longer stands moves nothing`(reason: String) async throws {
    let (ann, bob, carol) = try await (people.account("ann"), people.account("bob"), people.account("carol"))
    let (accounts, start) = (people.accounts, people.start)
    let acme = try await organisation("acme", by: ann)
    let offer = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    var time = start
    switch reason {
    case "declined": try await accounts.decline(transfer: offer.id, by: bob.id, at: start)
    case "replaced": _ = try await accounts.offer(acme, to: carol.handle, by: ann.id, at: start)
    case "expired": time = offer.expiresAt
    default:
      try await accounts.setRole(.owner, of: carol.handle, in: acme, by: ann.id, at: start)
      try await accounts.removeMember(ann.handle, from: acme, by: carol.id, at: start)
    }
    let before = try await accounts.members(of: acme)
    await #expect(throws: AccountRefusal.transferEnded) {
      try await accounts.accept(transfer: offer.id, by: bob.id, at: time)
    }
    #expect(try await accounts.members(of: acme) == before)
  }

  @Test func `of many who accept one transfer at once, one does`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (people, accounts) = (people, people.accounts)
    let acme = try await organisation("acme", by: ann)
    let transfer = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: people.start)
    let count = await people.successes(
      of: 20, failing: { $0 as? AccountRefusal == .transferEnded },
      attempt: { _ in
        try await accounts.accept(transfer: transfer.id, by: bob.id, at: people.start)
        return true
      })
    #expect(count == 1)
  }
}
