import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport
import Testing

/// A registry for tests about people, with passwords that cost little.
struct People {
  static let cheap = ScryptParameters(logRounds: 4, blockSize: 1, parallelism: 1)

  let folder: TemporaryFolder
  let store: RegistryStore
  let start = Date(timeIntervalSince1970: 1_000_000)
  let client = ClientDescription(name: "CLI linux", address: "192.0.2.1")

  var accounts: Accounts { store.accounts }
  var data: FilePath { folder.path.appending("data") }

  /// - Parameter wrap: What stands between the store and its database.
  init(wrapping wrap: (any SQLDatabase) -> any SQLDatabase = { $0 }) throws {
    folder = try TemporaryFolder()
    store = try RegistryStore(folder: folder.path.appending("data"), passwords: Self.cheap, wrapping: wrap)
  }

  func name(_ text: String) throws -> AuthorName { try AuthorName(parsing: text) }

  func password(_ text: String = "correct horse") throws -> Password { try Password(parsing: text) }

  func account(_ handle: String, at time: Date? = nil) async throws -> Account {
    try await accounts.signUp(
      NewAccount(handle: name(handle), password: password()), with: nil, at: time ?? start)
  }

  /// Somebody with a token for everything.
  func identity(_ account: Account, _ scope: TokenScope = .everything) async throws -> Accounts.Identity {
    let new = NewToken(name: try DisplayName(parsing: "test"), scope: scope, expiresAt: nil)
    let token = try await accounts.createToken(new, for: account.id, at: start)
    return try #require(try await accounts.identity(presenting: token, at: start))
  }

  func version(_ number: String, of skill: String) throws -> NewVersion {
    let digest = Digest(of: Array("\(skill)@\(number)".utf8))
    let entry = FileManifest.Entry(path: .skillMarkdown, size: 1, digest: digest, isExecutable: false)
    return NewVersion(
      name: try SkillName(parsing: skill), version: try SemanticVersion(parsing: number), isPrivate: nil,
      description: "A wombat.", dependencies: [], archiveDigest: digest, archiveSize: 1,
      manifest: FileManifest([entry]))
  }

  @discardableResult
  func publish(_ number: String, of skill: String, by publisher: Accounts.Identity) async throws -> PublishOutcome {
    try await store.catalog.publish(version(number, of: skill), by: publisher, at: start)
  }

  /// What the database holds, past everything that the store would say.
  func rows(_ query: SQL) async throws -> [SQLRow] {
    let database = try SQLiteDatabase(path: data.appending("registry.sqlite").string)
    let rows = try await database.read { try $0.rows(query) }
    try database.close()
    return rows
  }

  func execute(_ statement: SQL) async throws {
    let database = try SQLiteDatabase(path: data.appending("registry.sqlite").string)
    _ = try await database.write { try $0.execute(statement) }
    try database.close()
  }

  /// More people at once than passwords may wait.
  static func isOverload(_ error: any Error) -> Bool { (error as? MeshError)?.code == .unavailable }

  /// How many of `count` attempts at once succeed; the others have to fail as `isExpected` says.
  func successes(
    of count: Int, failing isExpected: @escaping @Sendable (any Error) -> Bool,
    attempt: @escaping @Sendable (Int) async throws -> Bool
  ) async -> Int {
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<count {
        group.addTask {
          do {
            return try await attempt(index)
          } catch {
            #expect(isExpected(error), "\(error)")
            return false
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
  }
}
