import Foundation
import RegistryStore
import Skills
import SystemPackage
import TestSupport
import Testing

/// A registry from before people could sign in goes on working.
@Suite struct MigrationRehearsalTests {
  private let folder: TemporaryFolder
  private let data: FilePath
  private let archive: Digest
  private let time = Date(timeIntervalSince1970: 1_000)
  private let good = AccessToken()
  private let revoked = AccessToken()
  private let expired = AccessToken()
  private let rival = AccessToken()

  init() async throws {
    folder = try TemporaryFolder()
    data = try folder.folder("data")
    let blobs = try BlobStore(folder: data.appending("blobs"), uploads: data.appending("uploads"))
    archive = try blobs.keep(Array("archive".utf8))
    let database = try SQLiteDatabase(path: data.appending("registry.sqlite").string, schema: 4)
    for statement in rows { _ = try await database.write { try $0.execute(statement) } }
    try database.close()
  }

  private var rows: [SQL] {
    let tree = "t1:" + String(repeating: "A", count: 43) + "="
    return [
      "INSERT INTO authors (id, name, skeleton, created_at) VALUES (1, 'acme', 'acme', 1), (2, 'rival', 'r1va1', 2)",
      """
      INSERT INTO tokens (id, author_id, hash, created_at, expires_at, revoked_at, last_used_at)
      VALUES (7, 1, \(good.hash), 1, NULL, NULL, 5), (8, 1, \(revoked.hash), 1, NULL, 2, NULL),
        (9, 1, \(expired.hash), 1, 3, NULL, NULL), (10, 2, \(rival.hash), 1, NULL, NULL, NULL)
      """,
      """
      INSERT INTO skills (id, uid, author_id, slug, is_private, created_at, updated_at, quarantined_at,
        quarantine_reason)
      VALUES (1, 'a', 1, 'one', 0, 1, 5, NULL, NULL), (2, 'b', 1, 'hidden', 1, 1, 6, NULL, NULL),
        (3, 'c', 1, 'harmful', 0, 1, 7, 9, 'sends files'), (4, 'd', 1, 'gone', 0, 1, 8, NULL, NULL)
      """,
      """
      INSERT INTO versions (id, skill_id, version, number, archive_digest, archive_size, tree_digest, description,
        dependencies, published_at, published_by)
      VALUES (1, 1, '1.0.0', '1.0.0', \(archive), 7, \(tree), 'Old quokka.',
          'acme/hidden@^1\nrival/tool\nacme/hidden@1.0.0', 2, 8),
        (2, 1, '1.1.0', '1.1.0', \(archive), 7, \(tree), 'New quokka.', '', 3, 7),
        (3, 2, '1.0.0', '1.0.0', \(archive), 7, \(tree), 'Hidden quokka.', '', 4, 7),
        (5, 4, '1.0.0', '1.0.0', \(archive), 7, \(tree), 'Gone quokka.', '', 6, 9)
      """,
      "UPDATE versions SET yanked_at = 9, yank_reason = 'broken' WHERE id = 1",
      "UPDATE versions SET withdrawn_at = 9 WHERE id = 5",
      "UPDATE skills SET newest_version_id = 2 WHERE id = 1",
      "UPDATE skills SET newest_version_id = 3 WHERE id = 2",
      "INSERT INTO search (rowid, slug, author, description) VALUES (1, 'one', 'acme', 'New quokka.')",
      "INSERT INTO private_search (rowid, slug, author, description) VALUES (2, 'hidden', 'acme', 'Hidden quokka.')",
    ]
  }

  private func opened() throws -> RegistryStore { try RegistryStore(folder: data, passwords: People.cheap) }

  private func version(_ number: String, of skill: String) throws -> NewVersion {
    let entry = FileManifest.Entry(path: .skillMarkdown, size: 1, digest: archive, isExecutable: false)
    return NewVersion(
      name: try SkillName(parsing: skill), version: try SemanticVersion(parsing: number), isPrivate: nil,
      description: "Newest quokka.", dependencies: [], archiveDigest: archive, archiveSize: 7,
      manifest: FileManifest([entry]))
  }

  @Test func `tokens keep every right of their author, and those that had ended stay so`() async throws {
    let store = try opened()
    let identity = try #require(try await store.accounts.identity(presenting: good, at: time))
    #expect([identity.authorID, identity.tokenID] == [1, 7])
    #expect(try identity.author == AuthorName(parsing: "acme"))
    #expect(identity.scope == .everything)
    #expect(identity.accountID == nil)
    for token in [revoked, expired] { #expect(try await store.accounts.identity(presenting: token, at: time) == nil) }
    let history = try await store.catalog.publish(version("1.2.0", of: "acme/one"), by: identity, at: time).history
    #expect(history.versions.map(\.version.description) == ["1.0.0", "1.1.0", "1.2.0"])
    let stranger = try #require(try await store.accounts.identity(presenting: rival, at: time))
    await #expect(throws: RightRefusal.self) {
      _ = try await store.catalog.publish(version("1.3.0", of: "acme/one"), by: stranger, at: time)
    }
    await #expect(throws: PublishRefusal.self) {
      _ = try await store.catalog.publish(version("1.0.0", of: "acme/harmful"), by: identity, at: time)
    }
  }

  @Test func `what was published is there with its publisher, its marks and its archive, and is found`() async throws {
    let store = try opened()
    let one = try #require(try await store.catalog.history(of: SkillName(parsing: "acme/one")))
    #expect(one.versions.map(\.yank?.reason) == ["broken", nil])
    #expect(one.versions.map(\.dependencies) == [["acme/hidden@^1", "rival/tool", "acme/hidden@1.0.0"], []])
    #expect(one.newest?.version.description == "1.1.0")
    #expect(try store.blobs.open(one.versions[0].archiveDigest).readAll() == Array("archive".utf8))
    let harmful = try #require(try await store.catalog.history(of: SkillName(parsing: "acme/harmful")))
    #expect(harmful.skill.quarantine?.reason == "sends files")
    let gone = try #require(try await store.catalog.history(of: SkillName(parsing: "acme/gone")))
    #expect(gone.versions.map(\.isServed) == [false])
    let author = try #require(try await store.accounts.identity(presenting: good, at: time))
    let other = try #require(try await store.accounts.identity(presenting: rival, at: time))
    let readers: [(Reader, [String])] = [
      (.stranger, ["acme/one"]), (Reader(author), ["acme/hidden", "acme/one"]), (Reader(other), ["acme/one"]),
    ]
    for (reader, names) in readers {
      let scope = SearchScope(reader: reader, owner: nil, limit: 10)
      let found = try await store.catalog.search(SearchQuery("quokka"), in: scope)
      #expect(found.map(\.skill.name.description).sorted() == names)
    }
    #expect(try await store.databaseFaults(thorough: true).isEmpty)
  }

  @Test func `migrating changes nothing of what was published, and opening a second time changes nothing`() async throws
  {
    let before = try await DatabaseContents(of: data, schema: 4)
    #expect(before.tables["schema"]?.count == 4)
    try opened().close()
    let after = try await DatabaseContents(of: data)
    #expect(after.tables["accounts"]?.isEmpty == true)
    let skills = before.tables["skills"]?.map { $0 + [SQLValue.integer(0)] }
    #expect(skills != nil && after.tables["skills"] == skills)
    for table in ["versions", "files", "search", "private_search"] {
      let rows = try #require(before.tables[table])
      #expect(after.tables[table] == rows, "\(table)")
    }
    try opened().close()
    #expect(try await DatabaseContents(of: data) == after)
  }

  @Test func `agents come without a change to what people had, and tokens are for no agent alone`() async throws {
    let before = try await DatabaseContents(of: data, schema: 5)
    #expect(before.tables["agents"] == nil)
    try opened().close()
    let after = try await DatabaseContents(of: data)
    #expect(after.tables["agents"]?.isEmpty == true)
    for (table, rows) in before.tables where table != "schema" {
      let expected = table == "tokens" ? rows.map { $0 + [SQLValue.null] } : rows
      #expect(after.tables[table] == expected, "\(table)")
    }
  }

  @Test func `which versions need a skill is known of those that were there before`() async throws {
    try opened().close()
    let rows = try await DatabaseContents(of: data).tables["dependencies"]
    let expected: [[SQLValue]] = [[.text("acme/hidden"), .integer(1)], [.text("rival/tool"), .integer(1)]]
    #expect(rows == expected)
  }

  @Test func `names are taken as they were, and an author gets its account by a link`() async throws {
    let store = try opened()
    let author = try #require(try await store.accounts.author(AuthorName(parsing: "rival")))
    #expect(author.id == 2 && author.name.rawValue == "rival" && !author.isOrganisation && !author.isDeleted)
    await #expect(throws: Accounts.AuthorRefusal.confusable(other: "rival")) {
      try await store.accounts.createAuthor(AuthorName(parsing: "riva1"), at: time)
    }
    let link = try await store.accounts.invite(AuthorName(parsing: "acme"), at: time)
    let new = NewAccount(handle: try AuthorName(parsing: "acme"), password: try Password(parsing: "correct horse"))
    let account = try await store.accounts.signUp(new, with: link, at: time)
    #expect(account.authorID == 1)
    #expect(try await store.accounts.tokens(of: account.handle)?.map(\.id) == [7, 8, 9])
  }
}
