import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct DatabaseTests {
  private func store(_ folder: TemporaryFolder) throws -> RegistryStore {
    try RegistryStore(folder: folder.path.appending("data"))
  }

  private func publisher(_ store: RegistryStore, _ name: String = "acme") async throws -> Accounts.Identity {
    let author = try AuthorName(parsing: name)
    try await store.accounts.createAuthor(author, at: Date())
    let token = try #require(try await store.accounts.createToken(for: author, at: Date(), expiringAt: nil))
    return try #require(try await store.accounts.identity(presenting: token, at: Date()))
  }

  private func version(_ text: String, content: String = "x") throws -> NewVersion {
    let bytes = Array(content.utf8)
    let entry = FileManifest.Entry(
      path: .skillMarkdown, size: bytes.count, digest: Digest(of: bytes), isExecutable: false)
    return NewVersion(
      name: try SkillName(parsing: "acme/sample"), version: try SemanticVersion(parsing: text), isPrivate: nil,
      description: "d", dependencies: ["acme/base@^1"], archiveDigest: Digest(of: bytes), archiveSize: 1,
      manifest: FileManifest([entry]))
  }

  @Test func `values with every character travel beside the statement`() {
    let name = "'; DROP TABLE authors; --"
    let query: SQL = "SELECT * FROM authors WHERE name = \(name) AND id = \(2) AND x = \(nil as Int64?)"
    #expect(query.text == "SELECT * FROM authors WHERE name = ?1 AND id = ?2 AND x = ?3")
    #expect(query.values == [.text(name), .integer(2), .null])
  }

  @Test func `what was written is there after the store is opened again`() async throws {
    let folder = try TemporaryFolder()
    let first = try store(folder)
    let identity = try await publisher(first)
    _ = try await first.catalog.publish(version("1.0.0"), by: identity, at: Date(timeIntervalSince1970: 1_000))
    try first.close()
    let second = try store(folder)
    let history = try #require(try await second.catalog.history(of: SkillName(parsing: "acme/sample")))
    #expect(history.newest?.version.description == "1.0.0")
    #expect(history.newest?.publishedAt == Date(timeIntervalSince1970: 1_000))
    #expect(history.newest?.dependencies == ["acme/base@^1"])
    #expect(try await second.catalog.manifest(ofVersion: try #require(history.newest).id).entries.count == 1)
  }

  @Test func `what publishing returns is what is then read`() async throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let identity = try await publisher(store)
    // One is finer than a column keeps it, and the last one changes nothing.
    let steps: [(String, Bool?, TimeInterval)] = [
      ("1.0.0", nil, 1_000), ("1.1.0", nil, 2_000.5), ("1.2.0", nil, 2_500), ("1.1.0", true, 3_000.123_456),
      ("1.0.0", true, 4_000),
    ]
    for (number, isPrivate, time) in steps {
      var new = try version(number)
      new.isPrivate = isPrivate
      let outcome = try await store.catalog.publish(new, by: identity, at: Date(timeIntervalSince1970: time))
      let returned: SkillHistory
      switch outcome {
      case .created(let history, let record), .updated(let history, let record), .shown(let history, let record),
        .unchanged(let history, let record):
        returned = history
        #expect(record.version == new.version)
      }
      let read = try #require(try await store.catalog.history(of: new.name))
      #expect(returned.skill.newestVersionID == read.skill.newestVersionID)
      #expect(returned.skill.isPrivate == read.skill.isPrivate)
      #expect(returned.skill.updatedAt == read.skill.updatedAt)
      #expect(returned.versions.map(\.id) == read.versions.map(\.id))
    }
  }

  @Test func `a job that fails in a shared commit undoes itself alone`() async throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let identity = try await publisher(store)
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        group.addTask {
          // Every third number is asked for twice, with other content.
          let number = index % 3 == 0 ? 0 : index
          do {
            let new = try version("1.\(number).0", content: "\(index)")
            _ = try await store.catalog.publish(new, by: identity, at: Date())
            return true
          } catch {
            return false
          }
        }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    let history = try #require(try await store.catalog.history(of: SkillName(parsing: "acme/sample")))
    #expect(history.versions.count == 134)
    #expect(outcomes.filter(\.self).count == 134)
    #expect(try await store.databaseFaults(thorough: true).isEmpty)
  }

  @Test func `the newest version is the highest stable one, whatever the order of publishing`() async throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let identity = try await publisher(store)
    let name = try SkillName(parsing: "acme/sample")
    func newest() async throws -> String? {
      try await store.catalog.history(of: name)?.newest?.version.description
    }
    for (published, expected) in [
      ("1.0.0-rc.1", "1.0.0-rc.1"), ("0.9.0", "0.9.0"), ("1.10.0", "1.10.0"), ("1.9.0", "1.10.0"),
      ("2.0.0-beta", "1.10.0"),
    ] {
      _ = try await store.catalog.publish(version(published, content: published), by: identity, at: Date())
      #expect(try await newest() == expected)
    }
    _ = try await store.catalog.withdraw(
      name, version: SemanticVersion(parsing: "1.10.0"), by: identity, at: Date())
    #expect(try await newest() == "1.9.0")
    _ = try await store.catalog.withdraw(name, version: nil, by: identity, at: Date())
    #expect(try await newest() == nil)
  }

  @Test(arguments: [("acme", "ac-me"), ("lion", "1i0n"), ("hello", "he11o")])
  func `authors that could be mistaken for one another cannot both exist`(first: String, second: String) async throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    try await store.accounts.createAuthor(AuthorName(parsing: first), at: Date())
    await #expect(throws: Accounts.AuthorRefusal.self) {
      try await store.accounts.createAuthor(AuthorName(parsing: second), at: Date())
    }
    await #expect(throws: Accounts.AuthorRefusal.self) {
      try await store.accounts.createAuthor(AuthorName(parsing: "admin"), at: Date())
    }
  }

  @Test func `a token counts until it expires or is revoked, and is stored nowhere`() async throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let author = try AuthorName(parsing: "acme")
    let now = Date(timeIntervalSince1970: 1_000_000)
    try await store.accounts.createAuthor(author, at: now)
    let token = try #require(
      try await store.accounts.createToken(for: author, at: now, expiringAt: now.addingTimeInterval(60)))
    #expect("\(token)" == "<token>")
    #expect(AccessToken(presented: token.secret)?.hash == token.hash)
    var mistyped = Array(token.secret)
    mistyped[10] = mistyped[10] == "a" ? "b" : "a"
    #expect(AccessToken(presented: String(mistyped)) == nil)
    #expect(try await store.accounts.identity(presenting: token, at: now)?.author == author)
    #expect(try await store.accounts.identity(presenting: token, at: now.addingTimeInterval(60)) == nil)
    #expect(try await store.accounts.revoke(token, at: now))
    #expect(try await !store.accounts.revoke(token, at: now))
    #expect(try await store.accounts.identity(presenting: token, at: now) == nil)
    try store.close()
    let secret = Array(token.secret.utf8)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path.appending("data").string) {
      let bytes = FileManager.default.contents(atPath: folder.path.appending("data").appending(name).string) ?? Data()
      #expect(bytes.range(of: Data(secret)) == nil)
    }
  }

  @Test func `only one server runs on a folder, and a stop that was not clean is seen`() throws {
    let folder = try TemporaryFolder()
    do {
      let lock = try ServerLock.take(folder: folder.path)
      let followsUncleanStop = lock.followsUncleanStop
      #expect(!followsUncleanStop)
      #expect(throws: StoreFailure.inUse(folder.path.string)) { _ = try ServerLock.take(folder: folder.path) }
    }
    let second = try ServerLock.take(folder: folder.path)
    let secondFollows = second.followsUncleanStop
    #expect(secondFollows)
    second.release()
    let third = try ServerLock.take(folder: folder.path)
    let thirdFollows = third.followsUncleanStop
    #expect(!thirdFollows)
  }

  @Test func `data of a newer program is refused`() async throws {
    let folder = try TemporaryFolder()
    try store(folder).close()
    let path = folder.path.appending("data").appending("registry.sqlite").string
    let database = try SQLiteDatabase(path: path)
    _ = try await database.write { try $0.execute("INSERT INTO schema (version) VALUES (99)") }
    try database.close()
    #expect(throws: StoreFailure.newerSchema(99)) { try store(folder) }
  }

  @Test func `the database itself forbids what must never happen`() async throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try await store.catalog.publish(version("1.0.0"), by: publisher(store), at: Date())
    let database = try SQLiteDatabase(path: folder.path.appending("data").appending("registry.sqlite").string)
    for statement: SQL in [
      "UPDATE versions SET tree_digest = 'x'", "UPDATE versions SET version = '9.9.9'", "DELETE FROM versions",
      "DELETE FROM files", "UPDATE versions SET description = 'x'",
      "UPDATE files SET size = 5", "DELETE FROM authors", "UPDATE versions SET archive_size = 7",
    ] {
      await #expect(throws: (any Error).self) { _ = try await database.write { try $0.execute(statement) } }
    }
    try database.close()
  }
}
