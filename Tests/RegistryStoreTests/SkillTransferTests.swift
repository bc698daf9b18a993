import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// One skill goes from an author to another.
@Suite struct SkillTransferTests {
  private let people: People
  private let tool: SkillName

  init() throws {
    people = try People()
    tool = try SkillName(parsing: "ann/tool")
  }

  /// The owner of `ann/tool` and somebody without skills.
  private func two() async throws -> (ann: Account, bob: Account) {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    for number in ["1.0.0", "1.1.0"] { try await people.publish(number, of: "ann/tool", by: people.identity(ann)) }
    return (ann, bob)
  }

  private func offer(to name: AuthorName, by owner: Account) async throws -> SkillTransfer {
    try await people.accounts.offer(tool, to: name, by: owner.id, at: people.start)
  }

  private func accept(_ transfer: SkillTransfer, by account: Account, at time: Date? = nil) async throws -> String {
    try await people.accounts.accept(skillTransfer: transfer.id, by: account.id, at: time ?? people.start).description
  }

  private func history(_ name: String) async throws -> SkillHistory? {
    try await people.store.catalog.history(of: SkillName(parsing: name))
  }

  private func visibility(_ name: String) async throws -> SkillVisibility? {
    let name = try SkillName(parsing: name)
    return try await people.store.catalog.visibilities(of: [name])[name]
  }

  private func found(by reader: Reader = .stranger) async throws -> [String] {
    let scope = SearchScope(reader: reader, owner: nil, limit: 10)
    return try await people.store.catalog.search(SearchQuery("wombat"), in: scope).map(\.skill.name.description)
  }

  @Test func `everything of the skill goes with it, and its old name leads to the new one`() async throws {
    let (ann, bob) = try await two()
    let before = try #require(try await history("ann/tool"))
    let transfer = try await offer(to: bob.handle, by: ann)
    for account in [ann, bob] {
      #expect(try await people.accounts.skillTransfers(of: account.id, at: people.start) == [transfer])
    }
    #expect(try await visibility("ann/tool") == .everybody)
    #expect(try await accept(transfer, by: bob) == "bob/tool")
    let after = try #require(try await history("bob/tool"))
    #expect(after.skill.uid == before.skill.uid)
    #expect(after.versions.map(\.id) == before.versions.map(\.id))
    #expect(try await history("ann/tool") == nil)
    #expect(try await visibility("ann/tool") == .moved(to: bob.handle))
    #expect(try await found() == ["bob/tool"])
    #expect(try await people.accounts.skillTransfers(of: bob.id, at: people.start) == [])
    #expect(try await people.store.databaseFaults(thorough: true).isEmpty)
  }

  @Test func `the old side has no right on it any more, and the new side every one`() async throws {
    let (ann, bob) = try await two()
    let (giver, taker) = try await (people.identity(ann), people.identity(bob))
    _ = try await accept(offer(to: bob.handle, by: ann), by: bob)
    await #expect(throws: RightRefusal.self) { try await people.publish("1.2.0", of: "bob/tool", by: giver) }
    await #expect(throws: AccountRefusal.unknownSkill(tool)) { try await offer(to: bob.handle, by: ann) }
    try await people.publish("1.2.0", of: "bob/tool", by: taker)
    try await people.publish("1.0.0", of: "ann/other", by: giver)
  }

  @Test func `tokens no longer name it, and those for nothing else end`() async throws {
    let (ann, bob) = try await two()
    func token(_ skills: String..., agents: String...) async throws -> Int64 {
      let scope = TokenScope(
        rights: [.publishUpdate], skills: try skills.map { try ResourcePattern(parsing: $0) },
        agents: try agents.map { try ResourcePattern(parsing: $0) })
      return try await people.identity(ann, scope).tokenID
    }
    let narrow = try await token("ann/tool")
    let others = [
      try await token("ann/tool", "ann/tools", "ann/tool"), try await token("ann/tool-*", "ann/*"),
      try await token("ann/tool", agents: "ann/helper"),
    ]
    _ = try await accept(offer(to: bob.handle, by: ann), by: bob)
    var left: [Int64: String] = [:]
    for row in try await people.rows("SELECT id, skill_patterns FROM tokens WHERE revoked_at IS NULL") {
      left[try row.integer("id")] = try row.text("skill_patterns")
    }
    #expect(left[narrow] == nil)
    #expect(others.map { left[$0] } == ["ann/tools", "ann/tool-* ann/*", ""])
  }

  @Test func `a name that a skill has left is nobody's but its own`() async throws {
    let (ann, bob) = try await two()
    let giver = try await people.identity(ann)
    _ = try await accept(offer(to: bob.handle, by: ann), by: bob)
    await #expect(throws: PublishRefusal.self) { try await people.publish("9.0.0", of: "ann/tool", by: giver) }
    let present = try SkillName(parsing: "bob/tool")
    let back = try await people.accounts.offer(present, to: ann.handle, by: bob.id, at: people.start)
    #expect(try await accept(back, by: ann) == "ann/tool")
    #expect(try await visibility("ann/tool") == .everybody)
    #expect(try await visibility("bob/tool") == .moved(to: ann.handle))
    try await people.publish("9.0.0", of: "ann/tool", by: giver)
  }

  @Test func `a skill does not take the name of another one, also not of one that has left it`() async throws {
    let (ann, bob) = try await two()
    let taken = AccountRefusal.skillNameTaken(try SkillName(parsing: "bob/tool"))
    let waiting = try await offer(to: bob.handle, by: ann)
    try await people.publish("1.0.0", of: "bob/tool", by: people.identity(bob))
    await #expect(throws: taken) { try await accept(waiting, by: bob) }
    await #expect(throws: taken) { try await offer(to: bob.handle, by: ann) }
    let carol = try await people.account("carol")
    let away = try await people.accounts.offer(
      SkillName(parsing: "bob/tool"), to: carol.handle, by: bob.id, at: people.start)
    _ = try await accept(away, by: carol)
    await #expect(throws: taken) { try await offer(to: bob.handle, by: ann) }
    #expect(try await history("ann/tool") != nil)
  }

  @Test func `an organisation takes a skill by any of its owners, and gives it by any of them`() async throws {
    let (ann, bob) = try await two()
    let carol = try await people.account("carol")
    let acme = try await people.accounts.createOrganisation(
      people.name("acme"), displayName: nil, by: bob.id, at: people.start)
    try await people.accounts.setRole(.publisher, of: carol.handle, in: acme, by: bob.id, at: people.start)
    let transfer = try await offer(to: acme.name, by: ann)
    for account in [ann, carol] {
      await #expect(throws: AccountRefusal.transferEnded) { try await accept(transfer, by: account) }
    }
    #expect(try await people.accounts.skillTransfers(of: carol.id, at: people.start) == [])
    #expect(try await accept(transfer, by: bob) == "acme/tool")
    let present = try SkillName(parsing: "acme/tool")
    await #expect(throws: AccountRefusal.notOwner(acme.name)) {
      try await people.accounts.offer(present, to: ann.handle, by: carol.id, at: people.start)
    }
    try await people.accounts.setRole(.owner, of: carol.handle, in: acme, by: bob.id, at: people.start)
    let back = try await people.accounts.offer(present, to: ann.handle, by: carol.id, at: people.start)
    #expect(try await accept(back, by: ann) == "ann/tool")
  }

  @Test(arguments: ["declined", "withdrawn", "replaced", "expired", "accepted", "the giver has gone"])
  func `an offer that no longer stands moves nothing`(reason: String) async throws {
    let (ann, bob) = try await two()
    let accounts = people.accounts
    let transfer = try await offer(to: bob.handle, by: ann)
    var time = people.start
    switch reason {
    case "declined": try await accounts.decline(skillTransfer: transfer.id, by: bob.id, at: time)
    case "withdrawn": try await accounts.decline(skillTransfer: transfer.id, by: ann.id, at: time)
    case "replaced": _ = try await offer(to: bob.handle, by: ann)
    case "expired": time = transfer.expiresAt
    case "accepted": _ = try await accept(transfer, by: bob)
    default: try await accounts.delete(ann.id, at: time)
    }
    let before = try await DatabaseContents(of: people.data)
    await #expect(throws: AccountRefusal.transferEnded) { try await accept(transfer, by: bob, at: time) }
    await #expect(throws: AccountRefusal.transferEnded) {
      try await accounts.decline(skillTransfer: transfer.id, by: bob.id, at: time)
    }
    #expect(try await DatabaseContents(of: people.data) == before)
  }

  @Test func `nobody else ends an offer, and nobody is offered what is not there`() async throws {
    let (ann, bob) = try await two()
    let carol = try await people.account("carol")
    let transfer = try await offer(to: bob.handle, by: ann)
    await #expect(throws: AccountRefusal.transferEnded) {
      try await people.accounts.decline(skillTransfer: transfer.id, by: carol.id, at: people.start)
    }
    let nobody = try people.name("nobody")
    await #expect(throws: AccountRefusal.unknownRecipient(nobody)) { try await offer(to: nobody, by: ann) }
    await #expect(throws: AccountRefusal.notOwner(ann.handle)) { try await offer(to: carol.handle, by: bob) }
    #expect(try await accept(transfer, by: bob) == "bob/tool")
  }

  @Test func `a private skill that has moved is there for its new side alone, and quarantine stays`() async throws {
    let (ann, bob) = try await two()
    let giver = try await people.identity(ann)
    var secret = try people.version("1.0.0", of: "ann/secret")
    secret.isPrivate = true
    _ = try await people.store.catalog.publish(secret, by: giver, at: people.start)
    let transfer = try await people.accounts.offer(secret.name, to: bob.handle, by: ann.id, at: people.start)
    #expect(try await accept(transfer, by: bob) == "bob/secret")
    let moved = try #require(try await visibility("ann/secret"))
    let taker = try await people.identity(bob)
    #expect(moved.presentAuthor(of: secret.name.slug, for: Reader(taker)) == bob.handle)
    for reader in [Reader.stranger, Reader(giver)] {
      #expect(moved.presentAuthor(of: secret.name.slug, for: reader) == nil)
      #expect(try await found(by: reader) == ["ann/tool"])
    }
    #expect(Set(try await found(by: Reader(taker))) == ["ann/tool", "bob/secret"])
  }

  @Test func `of many who accept one offer at once, one does`() async throws {
    let (ann, bob) = try await two()
    let transfer = try await offer(to: bob.handle, by: ann)
    let count = await people.successes(
      of: 20, failing: { $0 as? AccountRefusal == .transferEnded },
      attempt: { _ in try await accept(transfer, by: bob) == "bob/tool" })
    #expect(count == 1)
  }

  @Test func `of two sides that are offered a skill at once, one gets it`() async throws {
    let (ann, bob) = try await two()
    let carol = try await people.account("carol")
    let count = await people.successes(
      of: 20, failing: { $0 is AccountRefusal },
      attempt: { index in
        let taker = index % 2 == 0 ? bob : carol
        _ = try await accept(offer(to: taker.handle, by: ann), by: taker)
        return true
      })
    #expect(count == 1)
    #expect(try await people.rows("SELECT id FROM skill_transfers WHERE ended_at IS NULL").isEmpty)
    let owners = try await [history("bob/tool"), history("carol/tool"), history("ann/tool")].compactMap(\.self)
    #expect(owners.count == 1)
    #expect(try await people.store.databaseFaults(thorough: true).isEmpty)
  }
}
