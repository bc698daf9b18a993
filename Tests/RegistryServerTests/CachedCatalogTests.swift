import Foundation
import RegistryStore
import Skills
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

/// What the cache says while others change what it knows.
@Suite struct CachedCatalogTests {
  /// A database that lets something happen right after its next read.
  private final class Interrupted: SQLDatabase {
    private let database: any SQLDatabase
    private let interruption = Mutex<(@Sendable () async throws -> Void)?>(nil)

    init(_ database: any SQLDatabase) {
      self.database = database
    }

    func interrupt(_ work: @escaping @Sendable () async throws -> Void) {
      interruption.withLock { $0 = work }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      let value = try await database.read(body)
      let work = interruption.withLock { interruption in
        defer { interruption = nil }
        return interruption
      }
      try await work?()
      return value
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      try await database.write(body)
    }

    func foreignRevision() async throws -> Int64 { try await database.foreignRevision() }
    func close() throws { try database.close() }
  }

  private func version(_ name: SkillName, isPrivate: Bool) throws -> NewVersion {
    let digest = Digest(of: [1] as [UInt8])
    let entry = FileManifest.Entry(path: .skillMarkdown, size: 1, digest: digest, isExecutable: false)
    return NewVersion(
      name: name, version: try SemanticVersion(parsing: "1.0.0"), isPrivate: isPrivate, description: "d",
      dependencies: [], archiveDigest: digest, archiveSize: 1, manifest: FileManifest([entry]))
  }

  @Test func `a skill that becomes private while somebody asks for it is not shown to them`() async throws {
    let folder = try TemporaryFolder()
    var interrupted: Interrupted?
    let store = try RegistryStore(folder: folder["data"]) { database in
      let created = Interrupted(database)
      interrupted = created
      return created
    }
    let name = try SkillName(parsing: "acme/sample")
    try await store.accounts.createAuthor(name.author, at: Date())
    let token = try #require(try await store.accounts.createToken(for: name.author, at: Date(), expiringAt: nil))
    let owner = try #require(try await store.accounts.identity(presenting: token, at: Date()))
    let catalog = CachedCatalog(store.catalog)
    let (open, hidden) = try (version(name, isPrivate: false), version(name, isPrivate: true))
    _ = try await catalog.publish(open, by: owner, at: Date())
    try #require(interrupted).interrupt {
      _ = try await catalog.publish(hidden, by: owner, at: Date())
      // Its owner reads it, and has it in the cache.
      _ = try await catalog.entry(for: name, visibleTo: Reader(owner))
    }
    let seen = try await catalog.entry(for: name, visibleTo: .stranger)
    #expect(seen?.index.tag == nil)
    let own = try await catalog.entry(for: name, visibleTo: Reader(owner))
    #expect(own?.history.skill.isPrivate == true)
  }
}
