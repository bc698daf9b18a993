import Foundation
import RegistryStore
import Skills
import Testing

/// A ticket gives one token, which connects one agent and does nothing else.
@Suite struct ConnectTicketTests {
  private let people: People

  init() throws {
    people = try People()
  }

  private func redeemed(_ agent: AgentRecord, by owner: Accounts.Identity) async throws -> AccessToken {
    let issued = try await people.agents.createTicket(for: agent.id, by: owner, at: people.start)
    return try #require(try await people.agents.redeem(issued.ticket, at: people.start)).1
  }

  private func connects(_ token: AccessToken, _ id: AgentID) async throws -> Bool {
    try await people.agents.connecting(id, token: token, at: people.start) != nil
  }

  @Test func `of 200 who redeem a ticket at one moment, one gets a token`() async throws {
    let people = people
    let owner = try await people.identity(people.account("ann"))
    let agent = try await people.agent("bot", by: owner)
    let issued = try await people.agents.createTicket(for: agent.id, by: owner, at: people.start)
    #expect("\(issued.ticket)" == "<ticket>")
    #expect(issued.secret.hasPrefix("ct_"))
    let presented = try #require(ConnectTicket(presented: issued.secret))
    let count = await people.successes(
      of: 200, failing: { _ in false },
      attempt: { _ in
        try await people.agents.redeem(presented, at: people.start) != nil
      })
    #expect(count == 1)
    #expect(try await people.rows("SELECT id FROM tokens WHERE agent_id IS NOT NULL").count == 1)
  }

  @Test func `a ticket ends with its time, and one that nobody made is none`() async throws {
    let owner = try await people.identity(people.account("ann"))
    let agent = try await people.agent("bot", by: owner)
    let issued = try await people.agents.createTicket(for: agent.id, by: owner, at: people.start)
    #expect(issued.expiresAt == people.start.addingTimeInterval(Agents.ticketLifetime))
    #expect(try await people.agents.redeem(issued.ticket, at: issued.expiresAt) == nil)
    let other = try #require(ConnectTicket(presented: "ct_" + Secret().text))
    #expect(try await people.agents.redeem(other, at: people.start) == nil)
    for text in ["", "ct_", "ct_short", issued.secret + "x", String(issued.secret.dropFirst(3))] {
      #expect(ConnectTicket(presented: text) == nil)
    }
  }

  @Test func `the token connects that agent alone, whatever it and its author are called`() async throws {
    let ann = try await people.account("ann")
    let owner = try await people.identity(ann)
    let agent = try await people.agent("bot", by: owner)
    let other = try await people.agent("other", by: owner)
    let token = try await redeemed(agent, by: owner)
    let holder = try #require(try await people.accounts.identity(presenting: token, at: people.start))
    #expect(holder.scope.rights == [.connectAgent] && holder.scope.skills.isEmpty)
    let found = try #require(try await people.agents.connecting(agent.id, token: token, at: people.start))
    #expect(found.account == ann.id && found.tokenID == holder.tokenID && found.agent.id == agent.id)
    #expect(found.expiresAt == people.start.addingTimeInterval(Accounts.tokenLifetime))
    #expect(try await !connects(token, other.id))
    let name = try AgentUpdate(name: "Renamed")
    _ = try await people.agents.update(agent.id, name, by: owner, at: people.start)
    try await people.accounts.rename(ann.handle, to: people.name("anna"), by: ann.id, at: people.start)
    #expect(try await connects(token, agent.id))
    let owning = try await people.identity(try #require(try await people.accounts.account(people.name("anna"))))
    #expect(try await people.agents.delete(agent.id, by: owning, at: people.start))
    let successor = try await people.agent("bot", by: owning)
    #expect(successor.slug == agent.slug)
    #expect(try await !connects(token, agent.id))
    #expect(try await !connects(token, successor.id))
    #expect(try await people.accounts.identity(presenting: token, at: people.start) == nil)
    let ended = try await people.agents.ended(since: people.start)
    #expect(ended.agents == [agent.id] && ended.tokens == [holder.tokenID])
  }

  @Test func `a token of an account connects its agents by its right and patterns, and nobody else's`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let agent = try await people.agent("bot", by: people.identity(ann), visibility: .public, isPublished: true)
    for (account, rights, pattern, expected) in [
      (ann, [.connectAgent], "ann/bot", true), (ann, [.connectAgent], "ann/other", false), (ann, [.call], "*", false),
      (bob, [.connectAgent], "*", false),
    ] as [(Account, Set<TokenRight>, String, Bool)] {
      let scope = TokenScope(rights: rights, skills: [], agents: [try ResourcePattern(parsing: pattern)])
      let new = NewToken(name: try DisplayName(parsing: "t"), scope: scope, expiresAt: nil)
      let token = try await people.accounts.createToken(new, for: account.id, at: people.start)
      #expect(try await connects(token, agent.id) == expected, "\(pattern)")
    }
  }

  @Test func `nobody makes a ticket for more than their token may do, or for somebody else's agent`() async throws {
    let ann = try await people.account("ann")
    let agent = try await people.agent("bot", by: people.identity(ann))
    let limited = try await people.identity(ann, TokenScope(rights: [.manage], skills: [], agents: [.everything]))
    await #expect(throws: AccountRefusal.excessiveScope) {
      _ = try await people.agents.createTicket(for: agent.id, by: limited, at: people.start)
    }
    let bob = try await people.identity(people.account("bob"))
    await #expect(throws: AgentRefusal.unknownAgent(agent.id)) {
      _ = try await people.agents.createTicket(for: agent.id, by: bob, at: people.start)
    }
    let owner = try await people.identity(ann)
    for _ in 0..<Agents.maximumTickets {
      _ = try await people.agents.createTicket(for: agent.id, by: owner, at: people.start)
    }
    await #expect(throws: QuotaRefusal.tickets) {
      _ = try await people.agents.createTicket(for: agent.id, by: owner, at: people.start)
    }
  }

  @Test func `a transferred organisation's tickets, tokens and grants of the old side end`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let acme = try await people.accounts.createOrganisation(
      people.name("acme"), displayName: nil, by: ann.id, at: people.start)
    let owner = try await people.identity(ann)
    let agent = try await people.agent("bot", by: owner, of: acme.name)
    try await people.agents.grant(ann.handle, on: agent.id, by: owner, at: people.start)
    let token = try await redeemed(agent, by: owner)
    #expect(try await connects(token, agent.id))
    let issued = try await people.agents.createTicket(for: agent.id, by: owner, at: people.start)
    let offer = try await people.accounts.offer(acme, to: bob.handle, by: ann.id, at: people.start)
    try await people.accounts.accept(transfer: offer.id, by: bob.id, at: people.start)
    #expect(try await !connects(token, agent.id))
    #expect(try await people.agents.redeem(issued.ticket, at: people.start) == nil)
    #expect(try await people.agents.agent(agent.id, visibleTo: Reader(people.identity(ann))) == nil)
    #expect(try await people.agents.own(by: people.identity(bob)).map(\.id) == [agent.id])
  }

  @Test func `a deleted account leaves nothing of its agents, and nobody connects them`() async throws {
    let ann = try await people.account("ann")
    let owner = try await people.identity(ann)
    let agent = try await people.agent("Bot of Ann", by: owner, visibility: .public, isPublished: true)
    let token = try await redeemed(agent, by: owner)
    let issued = try await people.agents.createTicket(for: agent.id, by: owner, at: people.start)
    #expect(try await people.agents.mayStayConnected(agent.id, tokenID: owner.tokenID, at: people.start))
    try await people.accounts.delete(ann.id, at: people.start)
    #expect(try await people.found(by: .stranger).isEmpty)
    #expect(try await !connects(token, agent.id))
    #expect(try await !people.agents.mayStayConnected(agent.id, tokenID: owner.tokenID, at: people.start))
    #expect(try await people.agents.redeem(issued.ticket, at: people.start) == nil)
    let row = try #require(try await people.rows("SELECT name, slug, description FROM agents").first)
    #expect(try row.text("name").isEmpty && row.text("slug") == agent.id.rawValue)
  }
}
