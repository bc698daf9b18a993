import Foundation
import RegistryAPI
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

  /// A task of an agent whose connection is lost.
  private func orphan(_ agent: TestAgent, on server: TestServer) async throws -> AgentTask {
    let socket = try await server.connect(agent, v3: true)
    return try await AgentTask(server, agent, on: socket)
  }

  /// Why it failed, once it has.
  private func failure(of task: AgentTask, in log: TaskLog) async throws -> String? {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let code = try await log.task(task.requestID)?.errorCode
      if code != nil || .now > deadline { return code }
      await Task.yield()
    }
  }

  @Test func `what an agent was asked ends when it is deleted, although it is away`() async throws {
    var limits = RegistryLimits()
    limits.rates = [:]
    let server = try await TestServer.start(limits: limits)
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let task = try await orphan(agent, on: server)
    let path = Route.agentStatus.path([agent.id])
    var isOnline = true
    let deadline = ContinuousClock.now + .seconds(60)
    while isOnline, ContinuousClock.now < deadline {
      let answer = try await server.send(.get, path, token: agent.token)
      isOnline = try WireCoding.decode(AgentPresence.self, from: answer.body).online
    }
    #expect(try await server.send(.delete, Route.ownAgent.path([agent.id]), token: agent.token).status == 200)
    #expect(try await failure(of: task, in: server.store.tasks) == "agent_offline")
  }

  @Test func `what an agent was asked ends after a restart, when it was deleted before`() async throws {
    let server = try await TestServer.start()
    let agent = try await AgentTask.agent(of: "ann", on: server)
    let task = try await orphan(agent, on: server)
    try await server.stop()
    let store = try RegistryStore(folder: server.folder)
    let (id, token) = (try #require(AgentID(parsing: agent.id)), try #require(AccessToken(presented: agent.token)))
    let owner = try #require(try await store.accounts.identity(presenting: token, at: server.clock.now))
    // Longer ago than what the review of connections looks back.
    #expect(try await store.agents.delete(id, by: owner, at: server.clock.now.addingTimeInterval(-60)))
    try store.close()
    let next = try await server.restarted()
    #expect(try await failure(of: task, in: next.store.tasks) == "agent_offline")
  }

  private func start(_ limits: RegistryLimits) async throws -> (TestServer, FailingDatabase) {
    var wrapped: FailingDatabase?
    let server = try await TestServer.start(
      limits: limits,
      wrapping: { database in
        let created = FailingDatabase(database)
        wrapped = created
        return created
      })
    return (server, try #require(wrapped))
  }

  @Test func `a registration that nobody can look up is not refused for good`() async throws {
    let (server, database) = try await start(RegistryLimits())
    let agent = try await server.newAgent()
    let socket = try await server.socket(of: agent.id)
    database.fail()
    let answer = try await onThread {
      socket.send(agent.registration(v3: true))
      return socket.receive()
    }
    #expect(answer == .close(1012, "Try again later"))
  }

  @Test func `while nobody can say who may be connected nobody is for long`() async throws {
    var limits = RegistryLimits()
    limits.verificationTimeout = 5
    let (server, database) = try await start(limits)
    let socket = try await server.connect(try await server.newAgent())
    database.fail()
    #expect(try await onThread { socket.receive() }.isClose(1012))
  }
}
