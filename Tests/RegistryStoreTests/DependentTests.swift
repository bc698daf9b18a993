import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// Skills that need another one.
@Suite struct DependentTests {
  private let people: People
  private let log = Log<String>()

  init() throws {
    let log = log
    people = try People(wrapping: { database in
      WatchedDatabase(database: database) { statement in log.add(statement.text) }
    })
  }

  private func publish(
    _ number: String, of skill: String, needing dependencies: String..., by publisher: Accounts.Identity,
    isPrivate: Bool? = nil
  ) async throws {
    var version = try people.version(number, of: skill)
    version.dependencies = dependencies
    version.isPrivate = isPrivate
    _ = try await people.store.catalog.publish(version, by: publisher, at: people.start)
  }

  private func dependents(
    of skill: String, for reader: Reader = .stranger, limit: Int = 10
  ) async throws -> [String] {
    let record = try #require(try await people.store.catalog.history(of: SkillName(parsing: skill))).skill
    let found = try await people.store.catalog.dependents(of: record, visibleTo: reader, limit: limit)
    return found.map { "\($0.skill.name)@\($0.version)" }
  }

  @Test func `are those whose newest version needs it, the last published first`() async throws {
    let ann = try await people.identity(people.account("ann"))
    try await publish("1.0.0", of: "ann/base", by: ann)
    #expect(try await dependents(of: "ann/base") == [])
    try await publish("1.0.0", of: "ann/one", needing: "ann/base", by: ann)
    try await publish("1.0.0", of: "ann/two", needing: "ann/other@^1", "ann/base@^1", "ann/base@1.0.0", by: ann)
    try await publish("1.0.0", of: "ann/near", needing: "ann/base-2", "ann/bas", by: ann)
    #expect(try await dependents(of: "ann/base") == ["ann/two@1.0.0", "ann/one@1.0.0"])
    try await publish("1.1.0", of: "ann/one", needing: "ann/base@^1", by: ann)
    #expect(try await dependents(of: "ann/base") == ["ann/one@1.1.0", "ann/two@1.0.0"])
    #expect(try await dependents(of: "ann/base", limit: 1) == ["ann/one@1.1.0"])
    try await publish("1.2.0", of: "ann/one", by: ann)
    #expect(try await dependents(of: "ann/base") == ["ann/two@1.0.0"])
  }

  @Test func `are others once a version is yanked, withdrawn or blocked`() async throws {
    let ann = try await people.identity(people.account("ann"))
    let (catalog, start) = (people.store.catalog, people.start)
    let (user, last) = try (SkillName(parsing: "ann/user"), SemanticVersion(parsing: "1.1.0"))
    try await publish("1.0.0", of: "ann/base", by: ann)
    try await publish("1.0.0", of: "ann/user", needing: "ann/base", by: ann)
    try await publish("1.1.0", of: "ann/user", by: ann)
    #expect(try await dependents(of: "ann/base") == [])
    #expect(try await catalog.yank(user, version: last, reason: nil, by: ann, at: start))
    #expect(try await dependents(of: "ann/base") == ["ann/user@1.0.0"])
    #expect(try await catalog.quarantine(user, .skill, reason: Reason(parsing: "harmful"), at: start))
    #expect(try await dependents(of: "ann/base") == [])
    #expect(try await catalog.release(user, .skill, at: start))
    #expect(try await dependents(of: "ann/base") == ["ann/user@1.0.0"])
    #expect(try await catalog.withdraw(user, version: nil, by: ann, at: start) == 2)
    #expect(try await dependents(of: "ann/base") == [])
  }

  @Test func `that are private are there for those alone who may see them`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (owner, other) = try await (people.identity(ann), people.identity(bob))
    try await publish("1.0.0", of: "ann/base", by: owner)
    try await publish("1.0.0", of: "ann/hidden", needing: "ann/base", by: owner, isPrivate: true)
    try await publish("1.0.0", of: "bob/shown", needing: "ann/base", by: other)
    #expect(try await dependents(of: "ann/base") == ["bob/shown@1.0.0"])
    #expect(try await dependents(of: "ann/base", for: Reader(other)) == ["bob/shown@1.0.0"])
    #expect(try await dependents(of: "ann/base", for: Reader(owner)) == ["bob/shown@1.0.0", "ann/hidden@1.0.0"])
    let session = try await people.accounts.startSession(of: ann.id, on: people.client, at: people.start).session
    #expect(try await dependents(of: "ann/base", for: Reader(session)).count == 2)
  }

  @Test func `stay what they are when an author takes another name`() async throws {
    let account = try await people.account("ann")
    let ann = try await people.identity(account)
    try await publish("1.0.0", of: "ann/base", by: ann)
    try await publish("1.0.0", of: "ann/old", needing: "ann/base", by: ann)
    try await people.accounts.rename(account.handle, to: people.name("anna"), by: account.id, at: people.start)
    let anna = try await people.identity(account)
    try await publish("1.0.0", of: "anna/new", needing: "anna/base", "ann/base", by: anna)
    #expect(try await dependents(of: "anna/base") == ["anna/new@1.0.0", "anna/old@1.0.0"])
  }

  @Test func `are found by indexes alone, however many skills there are`() async throws {
    let ann = try await people.identity(people.account("ann"))
    try await publish("1.0.0", of: "ann/base", by: ann)
    let before = log.values.count
    _ = try await dependents(of: "ann/base")
    let statements = log.values.dropFirst(before).filter { $0.contains("FROM names WHERE") || $0.contains("latest") }
    #expect(statements.count == 2)
    for statement in statements {
      let query = SQL(stringLiteral: "EXPLAIN QUERY PLAN " + statement.replacing(/\?[0-9]+/, with: "1"))
      let plan = try await people.rows(query).map { try $0.text("detail") }
      #expect(!plan.isEmpty)
      #expect(plan.filter { $0.hasPrefix("SCAN") && $0 != "SCAN latest" } == [], "\(plan)")
    }
  }
}
