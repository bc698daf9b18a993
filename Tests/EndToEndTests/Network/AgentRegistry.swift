import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport

/// A registry in which people have accounts, and tokens for everything, from its start.
struct AgentRegistry: Sendable {
  private static let cheap = ScryptParameters(logRounds: 4, blockSize: 1, parallelism: 1)

  let server: FreshRegistry
  private let tokens: [String: String]

  var url: String { server.url }

  /// - Parameter options: Of `serve`, beside data and address.
  static func start(_ handles: [String] = ["ada"], _ options: [String] = []) async throws -> AgentRegistry {
    let folder = try TemporaryFolder()
    let tokens = try await makeAccounts(handles, in: folder["registry-data"])
    return AgentRegistry(server: try await FreshRegistry.start(in: folder, options), tokens: tokens)
  }

  private static func makeAccounts(_ handles: [String], in data: FilePath) async throws -> [String: String] {
    let store = try RegistryStore(folder: data, passwords: cheap)
    var tokens: [String: String] = [:]
    for handle in handles {
      let new = NewAccount(handle: try AuthorName(parsing: handle), password: try Password(parsing: "correct horse"))
      let account = try await store.accounts.signUp(new, with: nil, at: Date())
      let token = NewToken(name: try DisplayName(parsing: handle), scope: .everything, expiresAt: nil)
      tokens[handle] = try await store.accounts.createToken(token, for: account.id, at: Date()).secret
    }
    try store.close()
    return tokens
  }

  func token(of handle: String) throws -> String {
    guard let token = tokens[handle] else { throw Registry.Failure("\(handle) has no account") }
    return token
  }

  /// Somebody with a home of their own on each call.
  ///
  /// - Parameters:
  ///   - handle: Whose account they use; nil for nobody's.
  ///   - url: Where they reach the registry, when that is not where it listens.
  func person(_ handle: String?, at url: String? = nil) throws -> Person {
    var environment = ["AGENT_MESH_REGISTRY": url ?? self.url]
    if let handle { environment["AGENT_MESH_TOKEN"] = try token(of: handle) }
    return try Person(environment)
  }
}
