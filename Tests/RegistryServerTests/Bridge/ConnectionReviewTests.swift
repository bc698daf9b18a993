import RegistryStore
import Skills
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

/// Who may not stay connected any more.
@Suite struct ConnectionReviewTests {
  /// A database that can be told to fail.
  private final class FailingDatabase: SQLDatabase {
    private let database: any SQLDatabase
    private let isFailing = Mutex(false)

    init(_ database: any SQLDatabase) { self.database = database }

    func fail() { isFailing.withLock { $0 = true } }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      if isFailing.withLock({ $0 }) { throw StoreFailure.full }
      return try await database.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      try await database.write(body)
    }

    func foreignRevision() async throws -> Int64 { try await database.foreignRevision() }

    func close() throws { try database.close() }
  }

  @Test func `whoever owns the organisation of an agent no more does not stay connected for it`() async throws {
    var limits = RegistryLimits()
    limits.verificationInterval = 1
    let server = try await TestServer.start(limits: limits)
    let (ann, bob) = (try await server.signUp("ann"), try await server.signUp("bob"))
    let (accounts, now) = (server.store.accounts, server.clock.now)
    let guild = try await accounts.createOrganisation(
      try AuthorName(parsing: "guild"), displayName: nil, by: ann.id, at: now)
    try await accounts.setRole(.owner, of: bob.handle, in: guild, by: ann.id, at: now)
    let token = try await server.newToken(of: bob)
    let presented = try #require(AccessToken(presented: token))
    let identity = try #require(try await accounts.identity(presenting: presented, at: now))
    let new = try NewAgent(author: guild.name, name: "helper", agentType: "exec")
    let agent = TestAgent(
      id: try await server.store.agents.create(new, by: identity, at: now).id.rawValue, token: token)
    let socket = try await server.connect(agent)
    try await accounts.setRole(.reader, of: bob.handle, in: guild, by: ann.id, at: now)
    #expect(try await onThread { socket.receive() }.isClose(4002))
  }

  @Test func `while nobody can say who may be connected nobody is for long`() async throws {
    var limits = RegistryLimits()
    limits.verificationTimeout = 5
    var wrapped: FailingDatabase?
    let server = try await TestServer.start(
      limits: limits,
      wrapping: { database in
        let created = FailingDatabase(database)
        wrapped = created
        return created
      })
    let database = try #require(wrapped)
    let socket = try await server.connect(try await server.newAgent())
    database.fail()
    #expect(try await onThread { socket.receive() }.isClose(1012))
  }
}
