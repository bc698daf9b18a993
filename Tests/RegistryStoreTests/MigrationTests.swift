import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct MigrationTests {
  /// Content of a registry that schema 1 was enough for.
  private static let content: [SQL] = [
    "INSERT INTO authors (id, name, skeleton, created_at) VALUES (1, 'acme', 'acme', 1)",
    "INSERT INTO tokens (id, author_id, hash, created_at) VALUES (1, 1, zeroblob(32), 1)",
    """
    INSERT INTO skills (id, uid, author_id, slug, is_private, created_at, updated_at)
    VALUES (7, 'a', 1, 'one', 0, 1, 5), (8, 'b', 1, 'two', 1, 1, 6), (9, 'c', 1, 'gone', 0, 1, 7)
    """,
    """
    INSERT INTO versions (id, skill_id, version, number, withdrawn_at, archive_digest, archive_size, tree_digest,
      description, dependencies, published_at, published_by)
    VALUES
      (1, 7, '1.0.0', '1.0.0', NULL, zeroblob(32), 3, 't1:' || replace(hex(zeroblob(21)), '0', 'A') || 'A=', 'Old quokka.', '', 2, 1),
      (2, 7, '1.1.0', '1.1.0', NULL, zeroblob(32), 3, 't1:' || replace(hex(zeroblob(21)), '0', 'A') || 'A=', 'New wombat.', 'acme/two@^1', 3, 1),
      (3, 8, '1.0.0', '1.0.0', NULL, zeroblob(32), 3, 't1:' || replace(hex(zeroblob(21)), '0', 'A') || 'A=', 'Hidden wombat.', '', 4, 1),
      (4, 9, '1.0.0', '1.0.0', 9, zeroblob(32), 3, 't1:' || replace(hex(zeroblob(21)), '0', 'A') || 'A=', 'Gone wombat.', '', 5, 1)
    """,
    "UPDATE skills SET newest_version_id = 2 WHERE id = 7",
    "UPDATE skills SET newest_version_id = 3 WHERE id = 8",
  ]

  private func olderStore(_ folder: TemporaryFolder) async throws -> RegistryStore {
    let data = try folder.folder("data")
    let database = try SQLiteDatabase(path: data.appending("registry.sqlite").string, schema: 1)
    for statement in Self.content { _ = try await database.write { try $0.execute(statement) } }
    #expect(try await database.read { try $0.row("SELECT max(version) AS v FROM schema")?.integer("v") } == 1)
    try database.close()
    return try RegistryStore(folder: data)
  }

  @Test func `what schema 1 held is there under schema 2, unmarked`() async throws {
    let folder = try TemporaryFolder()
    let store = try await olderStore(folder)
    let one = try #require(try await store.catalog.history(of: SkillName(parsing: "acme/one")))
    #expect(one.versions.map(\.version.description) == ["1.0.0", "1.1.0"])
    #expect(one.versions.allSatisfy { $0.yank == nil && $0.quarantine == nil && $0.isServed })
    #expect(one.newest?.dependencies == ["acme/two@^1"])
    let two = try #require(try await store.catalog.history(of: SkillName(parsing: "acme/two"))).skill
    let dependents = try await store.catalog.dependents(of: two, visibleTo: .stranger, limit: 10)
    #expect(dependents.map { "\($0.skill.name)@\($0.version)" } == ["acme/one@1.1.0"])
    let gone = try #require(try await store.catalog.history(of: SkillName(parsing: "acme/gone")))
    #expect(gone.versions.map(\.isServed) == [false])
    #expect(try await store.databaseFaults(thorough: true).isEmpty)
  }

  @Test func `what schema 1 held is found by its newest version, and follows changes from then on`() async throws {
    let folder = try TemporaryFolder()
    let store = try await olderStore(folder)
    let name = try SkillName(parsing: "acme/one")
    let token = try #require(try await store.accounts.createToken(for: name.author, at: Date(), expiringAt: nil))
    let owner = try #require(try await store.accounts.identity(presenting: token, at: Date()))
    func find(_ query: String, reader: Reader = .stranger) async throws -> [String] {
      let scope = SearchScope(reader: reader, owner: nil, limit: 10)
      return try await store.catalog.search(SearchQuery(query), in: scope).map { "\($0.skill.name)@\($0.version)" }
    }
    #expect(try await find("wombat") == ["acme/one@1.1.0"])
    #expect(try await Set(find("wombat", reader: Reader(owner))) == ["acme/one@1.1.0", "acme/two@1.0.0"])
    #expect(try await find("quokka").isEmpty)
    #expect(
      try await store.catalog.yank(
        name, version: SemanticVersion(parsing: "1.1.0"), reason: nil, by: owner, at: Date()))
    #expect(try await find("wombat").isEmpty)
    #expect(try await find("quokka") == ["acme/one@1.0.0"])
  }

  @Test(arguments: [
    "UPDATE versions SET archive_digest = randomblob(32)", "UPDATE versions SET number = '9.9.9'",
    "UPDATE versions SET withdrawn_at = NULL WHERE id = 4", "UPDATE versions SET yanked_at = 1 WHERE id = 4",
    "UPDATE versions SET yank_reason = 'x' WHERE id = 1", "UPDATE versions SET quarantined_at = 1 WHERE id = 1",
    "UPDATE versions SET quarantine_reason = 'x' WHERE id = 1", "UPDATE skills SET quarantined_at = 1 WHERE id = 7",
    "DELETE FROM versions",
  ])
  func `the migrated database forbids what must never happen`(statement: String) async throws {
    let folder = try TemporaryFolder()
    try await olderStore(folder).close()
    let path = folder.path.appending("data").appending("registry.sqlite").string
    let database = try SQLiteDatabase(path: path)
    await #expect(throws: SQLConstraintViolation.self) {
      _ = try await database.write { try $0.execute(SQL(stringLiteral: statement)) }
    }
    try database.close()
  }
}
