import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct ExpiryTests {
  @Test func `what has ended is removed, a part at a time, and what lasts stays`() async throws {
    let log = Log<String>()
    let people = try People(wrapping: { database in
      WatchedDatabase(database: database) { statement in log.add(statement.text) }
    })
    let (accounts, start) = (people.accounts, people.start)
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let acme = try await accounts.createOrganisation(people.name("acme"), displayName: nil, by: ann.id, at: start)
    let tool = try SkillName(parsing: "ann/tool")
    try await people.publish("1.0.0", of: "ann/tool", by: people.identity(ann))
    let owner = try await people.identity(ann)
    let agent = try await people.agent("bot", by: owner)
    // Two of each kind, of which the first has ended.
    let later = start.addingTimeInterval(1)
    var (codes, secrets, links): ([DeviceCodes], [Secret], [Secret]) = ([], [], [])
    for time in [start, later] {
      _ = try await people.agents.createTicket(for: agent.id, by: owner, at: time)
      let webhook = try WebhookSubscription(url: "https://example.org/\(time.timeIntervalSince1970)", events: [])
      _ = try await people.store.webhooks.subscribe(webhook, by: ann.id, at: time)
      codes.append(try await accounts.startDeviceGrant(on: people.client, at: time))
      secrets.append(try await accounts.startSession(of: ann.id, on: people.client, at: time).secret)
      links.append(try await accounts.invite(nil, at: time))
      _ = try await accounts.offer(acme, to: bob.handle, by: ann.id, at: time)
      _ = try await accounts.offer(tool, to: bob.handle, by: ann.id, at: time)
    }
    try await people.execute(
      """
      INSERT INTO rate_buckets (key, full_at)
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1200)
      SELECT randomblob(32), n FROM numbers
      """)

    #expect(try await accounts.removeExpired(at: start) >= 1_200)
    let rounds = log.values.count { $0.hasPrefix("DELETE FROM rate_buckets") }
    #expect(rounds > 2)
    try await accounts.removeExpired(at: start.addingTimeInterval(Webhooks.challengeLifetime))
    #expect(try await people.rows("SELECT id FROM webhooks").count == 1)
    try await accounts.removeExpired(at: start.addingTimeInterval(Agents.ticketLifetime))
    #expect(try await people.rows("SELECT id FROM agent_tickets").count == 1)
    try await accounts.removeExpired(at: start.addingTimeInterval(Accounts.deviceCodeLifetime))
    #expect(try await people.rows("SELECT id FROM device_codes").count == 1)
    #expect(try await accounts.deviceGrant(codes[1].userCode, at: later) != nil)
    try await accounts.removeExpired(at: start.addingTimeInterval(Accounts.invitationLifetime))
    #expect(try await people.rows("SELECT id FROM invitations").count == 1)
    #expect(try await accounts.invitation(links[1], at: later) != nil)
    try await accounts.removeExpired(at: start.addingTimeInterval(Accounts.transferLifetime))
    #expect(try await accounts.transfers(of: bob.id, at: later).count == 1)
    #expect(try await people.rows("SELECT id FROM transfers").count == 1)
    #expect(try await accounts.skillTransfers(of: bob.id, at: later).count == 1)
    #expect(try await people.rows("SELECT id FROM skill_transfers").count == 1)
    try await accounts.removeExpired(at: start.addingTimeInterval(Accounts.sessionLifetime))
    #expect(try await accounts.sessions(of: ann.id, at: later).count == 1)
    #expect(try await accounts.session(presenting: secrets[1], at: later) != nil)
  }
}
