import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// What is read from the sources is what runs.
@Suite struct StatementSourceTests {
  @Test func `literals are found with what is interpolated, and comments are none`() {
    let source = #"""
      // "no"
      let a: SQL = "SELECT \(raw: x) FROM t WHERE a LIKE \("%\(b)%")"
      let b: SQL = """
        DELETE FROM "t"
        WHERE c = \(c)
        """
      """#
    let literals = SourceLiterals(in: source).literals
    #expect(literals.map(\.line) == [2, 3])
    #expect(literals.map(\.text) == ["SELECT ? FROM t WHERE a LIKE ?", "DELETE FROM \"t\" WHERE c = ?"])
    #expect(literals.first?.pieces.contains(.code("raw: x")) == true)
  }

  @Test func `every literal that reads like SQL is a statement of which all parts are known`() throws {
    #expect(try StatementSources().unknown == [])
  }

  @Test func `every statement that a life in the registry runs is among them`() async throws {
    let log = Log<String>()
    let people = try People(wrapping: { database in
      WatchedDatabase(database: database) { statement in log.add(statement.text) }
    })
    try await live(people)
    let known = Set(try StatementSources().statements.map(\.text))
    let run = Set(log.values.filter { !$0.contains("search") && !$0.hasPrefix("PRAGMA") }.map(Self.written))
    #expect(run.subtracting(known) == [])
    #expect(run.count > 40)
  }

  /// As the sources have it.
  private static func written(_ text: String) -> String {
    text.replacing(/\?[0-9]+/) { "$\($0.output.dropFirst())" }
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func live(_ people: People) async throws {
    let (accounts, catalog, start) = (people.accounts, people.store.catalog, people.start)
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let acme = try await accounts.createOrganisation(people.name("acme"), displayName: nil, by: ann.id, at: start)
    try await accounts.setRole(.publisher, of: bob.handle, in: acme, by: ann.id, at: start)
    let publisher = try await people.identity(bob)
    for number in ["1.0.0", "1.1.0"] { try await people.publish(number, of: "acme/tool", by: publisher) }
    let (name, first) = try (SkillName(parsing: "acme/tool"), SemanticVersion(parsing: "1.0.0"))
    #expect(try await catalog.yank(name, version: first, reason: nil, by: publisher, at: start))
    #expect(try await catalog.quarantine(name, .skill, reason: Reason(parsing: "harmful"), at: start))
    #expect(try await catalog.release(name, .skill, at: start))
    let codes = try await accounts.startDeviceGrant(on: people.client, at: start)
    #expect(try await accounts.approve(codes.userCode, by: bob.id, at: start))
    _ = try await accounts.poll(codes.deviceCode, at: start)
    let offer = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: start)
    try await accounts.accept(transfer: offer.id, by: bob.id, at: start)
    try await accounts.rename(bob.handle, to: people.name("robert"), by: bob.id, at: start)
    _ = try await accounts.startSession(of: ann.id, on: people.client, at: start)
    try await liveWithAgent(people, of: ann)
    try await accounts.delete(ann.id, at: start)
    #expect(await people.store.check().versions == 2)
    try await accounts.removeExpired(at: start)
  }

  /// With one agent, so that each list in a statement has one value.
  private func liveWithAgent(_ people: People, of account: Account) async throws {
    let (agents, webhooks, start) = (people.agents, people.store.webhooks, people.start)
    let owner = try await people.identity(account)
    let agent = try await people.agent("bot", by: owner, isPublished: true, capabilities: ["review"])
    let issued = try await agents.createTicket(for: agent.id, by: owner, at: start)
    let (_, token) = try #require(try await agents.redeem(issued.ticket, at: start))
    _ = try #require(try await agents.connecting(agent.id, token: token, at: start))
    #expect(try await agents.nextGeneration(of: agent.id) == 1)
    try await agents.rate(agent.id, call: "1", by: account.id, rating: 5, at: start)
    try await agents.touch(online: [agent.id], at: start)
    #expect(try await agents.own(by: owner).map(\.id) == [agent.id])
    #expect(try await people.found(by: Reader(owner), capability: "review") == ["ann/bot"])
    let new = try WebhookSubscription(url: "https://hooks.example.org/", events: [.agentCreated])
    _ = try await webhooks.subscribe(new, by: account.id, at: start)
  }
}
