import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct SchemaTests {
  /// The columns of each table, but for those of the full-text search.
  private typealias Tables = [String: Set<String>]

  @Test func `both databases have the same tables with the same columns`() async throws {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder["registry.sqlite"].string)
    let rows = try await database.read { connection in
      try connection.rows(
        """
        SELECT tables.name AS table_name, columns.name AS column_name FROM sqlite_master AS tables
        JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name NOT LIKE '%search%' AND tables.name <> 'schema'
        """)
    }
    try database.close()
    var tables: Tables = [:]
    for row in rows { tables[try row.text("table_name"), default: []].insert(try row.text("column_name")) }
    #expect(tables.count > 10)
    #expect(tables == Self.tables(in: PostgreSQLSchema.statements.map(\.text)))
  }

  /// Reads `CREATE TABLE` with one column a line, where clauses of the whole table begin with a capital.
  private static func tables(in statements: [String]) -> Tables {
    var tables: Tables = [:]
    for statement in statements {
      let lines = statement.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      guard let first = lines.first, first.prefix(2) == ["CREATE", "TABLE"], first.count > 2 else { continue }
      let words = lines.dropFirst().compactMap(\.first)
      tables[first[2]] = Set(words.filter { $0.first?.isLowercase ?? false })
    }
    return tables
  }

  /// Today's registry, before people could sign in.
  @Test func `authors, tokens and versions from before go on working`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.folder("data")
    let token = AccessToken()
    let database = try SQLiteDatabase(path: data.appending("registry.sqlite").string, schema: 4)
    let tree = "t1:" + String(repeating: "A", count: 43) + "="
    for statement: SQL in [
      "INSERT INTO authors (id, name, skeleton, created_at) VALUES (1, 'acme', 'acme', 1), (2, 'rival', 'r1va1', 2)",
      "INSERT INTO tokens (id, author_id, hash, created_at, last_used_at) VALUES (7, 1, \(token.hash), 1, 5)",
      """
      INSERT INTO skills (id, uid, author_id, slug, is_private, created_at, updated_at)
      VALUES (3, 'a', 1, 'one', 0, 1, 5)
      """,
      """
      INSERT INTO versions (id, skill_id, version, number, archive_digest, archive_size, tree_digest, description,
        dependencies, published_at, published_by)
      VALUES (4, 3, '1.0.0', '1.0.0', zeroblob(32), 3, \(tree), 'Old quokka.', '', 2, 7)
      """,
      "UPDATE skills SET newest_version_id = 4",
    ] { _ = try await database.write { try $0.execute(statement) } }
    try database.close()

    let store = try RegistryStore(folder: data, passwords: People.cheap)
    let (accounts, time) = (store.accounts, Date(timeIntervalSince1970: 1_000))
    let identity = try #require(try await accounts.identity(presenting: token, at: time))
    #expect([identity.authorID, identity.tokenID] == [1, 7])
    #expect(try identity.author == AuthorName(parsing: "acme"))
    #expect(identity.scope == .everything)
    #expect(identity.accountID == nil)
    let entry = FileManifest.Entry(path: .skillMarkdown, size: 1, digest: token.hash, isExecutable: false)
    let new = NewVersion(
      name: try SkillName(parsing: "acme/one"), version: try SemanticVersion(parsing: "1.1.0"), isPrivate: nil,
      description: "New quokka.", dependencies: [], archiveDigest: token.hash, archiveSize: 1,
      manifest: FileManifest([entry]))
    let history = try await store.catalog.publish(new, by: identity, at: time).history
    #expect(history.versions.map(\.version.description) == ["1.0.0", "1.1.0"])
    var copy = new
    copy.name = try SkillName(parsing: "rival/one")
    let foreign = copy
    await #expect(throws: RightRefusal.self) {
      _ = try await store.catalog.publish(foreign, by: identity, at: time)
    }
    let rival = try await accounts.owner(of: AuthorName(parsing: "rival"))
    #expect(rival == .author(id: 2, isOrganisation: false))
    await #expect(throws: Accounts.AuthorRefusal.confusable(other: "rival")) {
      try await accounts.createAuthor(AuthorName(parsing: "riva1"), at: time)
    }
    #expect(try await store.databaseFaults(thorough: true).isEmpty)
  }
}
