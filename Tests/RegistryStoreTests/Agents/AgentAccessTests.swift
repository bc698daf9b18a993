import Foundation
import RegistryStore
import Skills
import Testing

/// Who sees an agent, and who changes it.
@Suite struct AgentAccessTests {
  private let people: People

  init() throws {
    people = try People()
  }

  private func sees(_ reader: Reader, _ agent: AgentRecord) async throws -> Bool {
    let byID = try await people.agents.agent(agent.id, visibleTo: reader)?.id
    let byName = try await people.agents.agent(agent.author, agent.slug, visibleTo: reader)?.id
    let isFound = try await people.found(by: reader).contains("\(agent.author)/\(agent.slug)")
    #expect(byID == byName && (byID != nil) == isFound)
    return isFound
  }

  @Test func `a private agent is there for its owner and those to whom it is shared, and subscribing grants nothing`()
    async throws
  {
    let (ann, bob, carol) = try await (people.account("ann"), people.account("bob"), people.account("carol"))
    let (owner, guest) = try await (people.identity(ann), people.identity(bob))
    let guild = try await people.accounts.createOrganisation(
      people.name("guild"), displayName: nil, by: carol.id, at: people.start)
    let agent = try await people.agent("bot", by: owner, isPublished: true)
    let member = try await people.identity(carol)
    #expect(try await people.accounts.subscribe(bob.id, toAuthor: ann.authorID, at: people.start))
    for (reader, expected) in [(Reader.stranger, false), (Reader(owner), true), (Reader(guest), false)] {
      #expect(try await sees(reader, agent) == expected)
    }
    for name in [bob.handle, guild.name] {
      try await people.agents.grant(name, on: agent.id, by: owner, at: people.start)
    }
    #expect(try await people.agents.grants(of: agent.id, by: owner).map(\.author) == [bob.handle, guild.name])
    for reader in [Reader(guest), Reader(member)] { #expect(try await sees(reader, agent)) }
    #expect(try await !sees(.stranger, agent))
    #expect(try await people.agents.owned(agent.id, by: guest) == nil)
    await #expect(throws: AgentRefusal.unknownAgent(agent.id)) {
      try await people.agents.grant(carol.handle, on: agent.id, by: guest, at: people.start)
    }
    #expect(try await people.agents.revoke(bob.handle, on: agent.id, by: owner, at: people.start))
    #expect(try await !people.agents.revoke(bob.handle, on: agent.id, by: owner, at: people.start))
    #expect(try await !sees(Reader(guest), agent))
    try await people.accounts.delete(guild, by: carol.id, at: people.start)
    #expect(try await people.agents.grants(of: agent.id, by: owner).isEmpty)
  }

  @Test(
    arguments: [
      (AgentVisibilityKind.public, true, true), (.public, false, false), (.private, true, false),
      (.private, false, false),
    ] as [(AgentVisibilityKind, Bool, Bool)])
  func `everybody sees what is public and published`(
    visibility: AgentVisibilityKind, isPublished: Bool, expected: Bool
  ) async throws {
    let owner = try await people.identity(people.account("ann"))
    let agent = try await people.agent("bot", by: owner, visibility: visibility, isPublished: isPublished)
    #expect(try await sees(.stranger, agent) == expected)
    #expect(try await sees(Reader(owner), agent))
  }

  @Test(
    arguments: [
      ([TokenRight.call], "ann/bot", true), ([.connectAgent], "ann/b*", true), ([.call], "ann/other", false),
      ([.readPrivate, .yank], "*", false), ([.manage], "ann/other", true),
    ] as [([TokenRight], String, Bool)])
  func `a token sees private agents by its rights and patterns`(
    rights: [TokenRight], pattern: String, expected: Bool
  ) async throws {
    let ann = try await people.account("ann")
    let agent = try await people.agent("bot", by: people.identity(ann))
    let scope = TokenScope(
      rights: Set(rights), skills: [.everything], agents: [try ResourcePattern(parsing: pattern)])
    let holder = try await people.identity(ann, scope)
    #expect(try await sees(Reader(holder), agent) == expected)
    #expect(try await people.agents.own(by: holder).isEmpty != expected)
  }

  @Test func `agents of an organisation are its owners' to change`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let acme = try await people.accounts.createOrganisation(
      people.name("acme"), displayName: nil, by: ann.id, at: people.start)
    try await people.accounts.setRole(.publisher, of: bob.handle, in: acme, by: ann.id, at: people.start)
    let (owner, publisher) = try await (people.identity(ann), people.identity(bob))
    let agent = try await people.agent("bot", by: owner, of: acme.name)
    #expect(agent.author == acme.name && agent.ownerAccount == nil)
    #expect(try await people.agents.own(by: owner).map(\.id) == [agent.id])
    #expect(try await sees(Reader(publisher), agent))
    #expect(try await people.agents.owned(agent.id, by: publisher) == nil)
    await #expect(throws: RightRefusal.role(.owner, in: acme.name)) {
      try await people.agent("other", by: publisher, of: acme.name)
    }
  }

  @Test func `what is found is counted in all, and listed in parts, by capability and presence`() async throws {
    let owner = try await people.identity(people.account("ann"))
    var ids: [AgentID] = []
    for name in ["a", "b", "c"] {
      let capabilities = name == "c" ? [] : ["review"]
      let agent = try await people.agent(
        name, by: owner, visibility: .public, isPublished: true, capabilities: capabilities)
      ids.append(agent.id)
    }
    #expect(try await people.found(by: .stranger, capability: "review") == ["ann/a", "ann/b"])
    #expect(try await people.found(by: .stranger, online: [ids[1], AgentID()]) == ["ann/b"])
    try await people.agents.touch(online: [ids[0]], at: people.start)
    let part = try await people.agents.discover(
      capability: nil, skill: nil, ids: nil, limit: 2, offset: 1, visibleTo: .stranger)
    #expect(part.total == 3 && part.agents.map(\.slug) == ["c", "b"])
  }
}
