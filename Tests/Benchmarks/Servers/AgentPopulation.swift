import Foundation
import RegistryStore
import Skills
import Synchronization
import SystemPackage

/// Agents of a registry, made beside its server, and an account that may call the first hundred of them.
struct AgentPopulation: Sendable {
  /// As many as an author may have.
  private static let perAuthor = Agents.maximumAgents

  var agents: [SwarmPlan.Agent] = []
  /// The token of the account, and the account.
  var caller = ""
  var account: Int64?

  /// - Parameter folder: Of the data.
  static func make(_ count: Int, in folder: FilePath) throws -> AgentPopulation {
    let made = Mutex(AgentPopulation())
    try blocking {
      let store = try RegistryStore(folder: folder)
      let population = try await make(count, store)
      try store.close()
      made.withLock { $0 = population }
    }
    return made.withLock { $0 }
  }

  private static func make(_ count: Int, _ store: RegistryStore) async throws -> AgentPopulation {
    var population = AgentPopulation()
    let first = try await account(store)
    population.caller = first.secret
    population.account = try await identity(first, store).accountID?.rawValue
    population.agents = try await withThrowingTaskGroup(of: [SwarmPlan.Agent].self) { group in
      for (index, start) in stride(from: 0, to: count, by: perAuthor).enumerated() {
        group.addTask {
          let token = try await index == 0 ? first : author(index, store)
          return try await agents(min(perAuthor, count - start), token, store)
        }
      }
      var all: [SwarmPlan.Agent] = []
      for try await agents in group { all += agents }
      return all
    }
    return population
  }

  private static func account(_ store: RegistryStore) async throws -> AccessToken {
    let new = NewAccount(
      handle: try AuthorName(parsing: "caller"), password: try Password(parsing: "correct-horse-battery"))
    let account = try await store.accounts.signUp(new, with: nil, at: Date())
    let token = NewToken(name: try DisplayName(parsing: "benchmark"), scope: .everything, expiresAt: nil)
    return try await store.accounts.createToken(token, for: account.id, at: Date())
  }

  private static func author(_ index: Int, _ store: RegistryStore) async throws -> AccessToken {
    let name = try AuthorName(parsing: "team-\(index)")
    try await store.accounts.createAuthor(name, at: Date())
    guard let token = try await store.accounts.createToken(for: name, at: Date(), expiringAt: nil) else {
      throw Failure("a new author is unknown")
    }
    return token
  }

  private static func identity(_ token: AccessToken, _ store: RegistryStore) async throws -> Accounts.Identity {
    guard let identity = try await store.accounts.identity(presenting: token, at: Date()) else {
      throw Failure("a new token is unknown")
    }
    return identity
  }

  private static func agents(
    _ count: Int, _ token: AccessToken, _ store: RegistryStore
  ) async throws -> [SwarmPlan.Agent] {
    let owner = try await identity(token, store)
    var agents: [SwarmPlan.Agent] = []
    for number in 0..<count {
      try Interruption.check()
      let new = try NewAgent(name: "agent \(number)", agentType: "exec")
      let agent = try await store.agents.create(new, by: owner, at: Date())
      agents.append(SwarmPlan.Agent(id: agent.id.rawValue, token: token.secret))
    }
    return agents
  }
}
