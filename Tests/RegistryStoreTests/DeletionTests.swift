import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// What nothing may keep, or write again, of those who are gone.
@Suite struct DeletionTests {
  private let people: People

  init() throws {
    people = try People()
  }

  @Test func `a deleted organisation keeps neither its address nor the names of its tokens`() async throws {
    let ann = try await people.account("ann")
    let (accounts, start) = (people.accounts, people.start)
    let guild = try await accounts.createOrganisation(people.name("guild"), displayName: nil, by: ann.id, at: start)
    let token = try #require(try await accounts.createToken(for: guild.name, at: start, expiringAt: nil))
    let holder = try #require(try await accounts.identity(presenting: token, at: start))
    try await accounts.showEmail(EmailAddress(parsing: "canary@example.org"), of: holder, at: start)
    let named = NewToken(name: try DisplayName(parsing: "Laptop of Ann"), scope: .everything, expiresAt: nil)
    _ = try await accounts.createToken(named, by: holder, at: start)
    try await accounts.delete(guild, by: ann.id, at: start)
    #expect(try await accounts.author(guild.name)?.publicEmail == nil)
    let names = try await accounts.tokens(of: guild.name)?.map(\.name)
    #expect(names == [String?](repeating: nil, count: 2))
  }

  private func enter(
    _ request: String, by account: Account, _ agent: AgentRecord, ending: TaskEnding?
  ) async throws {
    let tasks = people.store.tasks
    _ = try await tasks.create(
      NewTask(
        requestID: request, callID: "call-\(request)", agent: agent.id.rawValue, sessionKey: "s",
        callerAccount: account.id.rawValue, kind: .chat, isAsync: true, content: "canary", details: "canary",
        title: "canary", createdAt: people.start))
    _ = try await tasks.append([
      TaskAppend(requestID: request, attempt: 1, body: "canary", ending: ending, at: people.start)
    ])
  }

  /// Whatever the log still shows of a task.
  private func words(_ request: String) async throws -> [String] {
    let task = try #require(try await people.store.tasks.task(request))
    let events = try await people.store.tasks.events(of: request, after: 0).events.map(\.body)
    let fields: [String?] = [task.content, task.details, task.title, task.errorMessage]
    return (fields.compactMap(\.self) + events).filter { $0.contains("canary") }
  }

  @Test func `nothing stays of what a deleted account asked, or a deleted agent was asked, once it has ended`()
    async throws
  {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let hers = try await people.agent("hers", by: people.identity(ann))
    let his = try await people.agent("his", by: people.identity(bob))
    try await enter("asked", by: ann, his, ending: .completed)
    try await enter("failed", by: bob, hers, ending: .failed(code: "timeout", message: "canary"))
    try await enter("open", by: ann, his, ending: nil)
    try await enter("other", by: bob, his, ending: .completed)
    #expect(try await people.store.eraseTasksOfDeleted(at: people.start) == 0)
    try await people.accounts.delete(ann.id, at: people.start)
    #expect(try await people.store.eraseTasksOfDeleted(at: people.start) == 2)
    for request in ["asked", "failed"] { #expect(try await words(request) == [], "\(request)") }
    #expect(try await people.store.tasks.task("failed")?.errorCode == "timeout")
    for request in ["open", "other"] { #expect(try await words(request).count == 4, "\(request)") }
    let end = TaskAppend(requestID: "open", attempt: 1, body: "canary", ending: .completed, at: people.start)
    _ = try await people.store.tasks.append([end])
    for count in [1, 0] { #expect(try await people.store.eraseTasksOfDeleted(at: people.start) == count) }
    #expect(try await words("open") == [])
  }

  @Test func `a deleted account follows nobody from then on`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    try await people.accounts.delete(ann.id, at: people.start)
    await #expect(throws: AccountRefusal.accountEnded) {
      _ = try await people.accounts.subscribe(ann.id, toAuthor: bob.authorID, at: people.start)
    }
    #expect(try await people.accounts.subscriptions(of: ann.id).isEmpty)
  }
}
