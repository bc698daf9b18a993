import Foundation
import RegistryStore
import Skills
import Testing

@Suite struct WebhookTests {
  private let people: People
  private let url = "https://hooks.example.org/a"

  init() throws {
    people = try People()
  }

  private var webhooks: Webhooks { people.store.webhooks }

  private func confirmed(_ account: Account) async throws -> Webhook {
    let new = try WebhookSubscription(url: url, events: [.agentCreated])
    let (webhook, challenge) = try await webhooks.subscribe(new, by: account.id, at: people.start)
    #expect(try await webhooks.confirm(webhook.id, answering: challenge, at: people.start))
    return webhook
  }

  @Test func `nothing is sent to an address before it has answered its challenge in time`() async throws {
    let (ann, start) = (try await people.account("ann"), people.start)
    let new = try WebhookSubscription(url: url, events: [.agentCreated])
    let (webhook, challenge) = try await webhooks.subscribe(new, by: ann.id, at: start)
    #expect(try await webhooks.enqueue(.agentCreated, body: "{}", for: ann.id, at: start) == 0)
    let end = start.addingTimeInterval(Webhooks.challengeLifetime)
    #expect(try await !webhooks.confirm(webhook.id, answering: Secret(), at: start))
    #expect(try await !webhooks.confirm(webhook.id, answering: challenge, at: end))
    #expect(try await !webhooks.isConfirmed(url, of: ann.id))
    #expect(try await webhooks.confirm(webhook.id, answering: challenge, at: start))
    #expect(try await webhooks.isConfirmed(url, of: ann.id))
    #expect(try await webhooks.enqueue(.agentCreated, body: "{}", for: ann.id, at: start) == 1)
    #expect(try await webhooks.enqueue(.taskEnded, body: "{}", for: ann.id, at: start) == 0)
    #expect(try await webhooks.enqueue(.taskEnded, body: "{}", for: ann.id, to: url, at: start) == 1)
    let bob = try await people.account("bob")
    #expect(try await webhooks.enqueue(.taskEnded, body: "{}", for: bob.id, to: url, at: start) == 0)
    #expect(try await webhooks.unsubscribe(url, of: ann.id))
    #expect(try await webhooks.takeDue(limit: 10, at: start).isEmpty)
  }

  @Test func `a callback is tried again under one id until it is made, or often enough`() async throws {
    let (ann, start) = (try await people.account("ann"), people.start)
    _ = try await confirmed(ann)
    let key = try await webhooks.createKey(of: ann.id, at: start)
    #expect(try await webhooks.enqueue(.agentCreated, body: "{\"a\":1}", for: ann.id, at: start) == 1)
    var (time, ids) = (start, [String]())
    for attempt in 1...Webhooks.maximumAttempts {
      let delivery = try #require(try await webhooks.takeDue(limit: 10, at: time).first)
      #expect(delivery.attempt == attempt && delivery.body == "{\"a\":1}" && delivery.key?.text == key.text)
      #expect(try await webhooks.takeDue(limit: 10, at: time).isEmpty)
      try await webhooks.finish(delivery, isDelivered: false, at: time)
      ids.append(delivery.id)
      time = time.addingTimeInterval(86_400)
    }
    #expect(Set(ids).count == 1)
    #expect(try await webhooks.takeDue(limit: 10, at: time).isEmpty)
    #expect(try await webhooks.enqueue(.agentCreated, body: "{}", for: ann.id, at: start) == 1)
    let delivery = try #require(try await webhooks.takeDue(limit: 10, at: start).first)
    try await webhooks.finish(delivery, isDelivered: true, at: start)
    #expect(try await webhooks.takeDue(limit: 10, at: time).isEmpty)
  }

  @Test func `a subject is sent once, and what a crash cuts off is sent again under the same id`() async throws {
    let (ann, start) = (try await people.account("ann"), people.start)
    _ = try await confirmed(ann)
    for expected in [1, 0] {
      let count = try await webhooks.enqueue(.taskEnded, body: "{}", for: ann.id, to: url, about: "r1", at: start)
      #expect(count == expected)
    }
    let first = try #require(try await webhooks.takeDue(limit: 10, at: start).first)
    // Nobody reports how it ended.
    let again = try #require(try await webhooks.takeDue(limit: 10, at: start.addingTimeInterval(61)).first)
    #expect(again.id == first.id && again.attempt == 2)
    try await webhooks.finish(again, isDelivered: true, at: start)
    #expect(try await webhooks.enqueue(.taskEnded, body: "{}", for: ann.id, to: url, about: "r1", at: start) == 0)
    #expect(try await webhooks.takeDue(limit: 10, at: start.addingTimeInterval(86_400)).isEmpty)
  }

  @Test func `accounts have one call at a time, and those that are busy none`() async throws {
    let (ann, bob, start) = (try await people.account("ann"), try await people.account("bob"), people.start)
    for account in [ann, bob] {
      _ = try await confirmed(account)
      for _ in 0..<3 { _ = try await webhooks.enqueue(.agentCreated, body: "{}", for: account.id, at: start) }
    }
    let others = try await webhooks.takeDue(limit: 1, at: start, except: [ann.id])
    #expect(others.map(\.account) == [bob.id])
    #expect(Set(try await webhooks.takeDue(limit: 10, at: start).map(\.account)) == [ann.id, bob.id])
  }

  @Test func `the first key of an account is made once`() async throws {
    let (ann, start) = (try await people.account("ann"), people.start)
    #expect(try await webhooks.createFirstKey(of: ann.id, at: start) != nil)
    #expect(try await webhooks.createFirstKey(of: ann.id, at: start) == nil)
  }

  @Test func `addresses are those of the web, and so many an account, which takes them with it`() async throws {
    let (ann, start) = (try await people.account("ann"), people.start)
    let long = "https://" + String(repeating: "a", count: 2_000)
    for text in ["ftp://example.org/", "", "https://example.org/\u{202E}", long] {
      #expect(throws: MeshError.self) { _ = try WebhookSubscription(url: text, events: []) }
    }
    for number in 1...Webhooks.maximumWebhooks {
      let new = try WebhookSubscription(url: "\(url)\(number)", events: [])
      _ = try await webhooks.subscribe(new, by: ann.id, at: start)
    }
    let late = try WebhookSubscription(url: url, events: [])
    await #expect(throws: QuotaRefusal.webhooks) { _ = try await webhooks.subscribe(late, by: ann.id, at: start) }
    #expect(try await webhooks.webhooks(of: ann.id).count == Webhooks.maximumWebhooks)
    _ = try await webhooks.createKey(of: ann.id, at: start)
    try await people.accounts.delete(ann.id, at: start)
    for table in ["webhooks", "callback_keys"] {
      #expect(try await people.rows(SQL(stringLiteral: "SELECT * FROM \(table)")).isEmpty)
    }
  }
}
