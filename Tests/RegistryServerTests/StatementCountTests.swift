import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import TestSupport
import Testing

/// Private and missing skills are told apart by nothing, the work for them included.
@Suite struct StatementCountTests {
  /// Everything that is asked of a database, by its text.
  private final class Recorder: SQLDatabase {
    let statements = Log<String>()
    /// Times that somebody asked for changes of other processes.
    let looks = Log<Void>()
    private let database: any SQLDatabase

    init(_ database: any SQLDatabase) {
      self.database = database
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      let statements = statements
      return try await database.read { try body(Connection(connection: $0, statements: statements)) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      let statements = statements
      return try await database.write { try body(Connection(connection: $0, statements: statements)) }
    }

    func foreignRevision() async throws -> Int64 {
      looks.add(())
      return 0
    }

    func close() throws { try database.close() }

    /// Without what housekeeping, the limits and the callbacks ask for themselves.
    var requested: [String] {
      statements.values.filter { statement in
        !statement.hasPrefix("DELETE")
          && !["zip_digest", "rate_buckets", "webhook"].contains { statement.contains($0) }
      }
    }
  }

  private struct Connection: SQLConnection {
    let connection: any SQLConnection
    let statements: Log<String>

    func rows(_ query: SQL) throws -> [SQLRow] {
      statements.add(query.text)
      return try connection.rows(query)
    }

    func execute(_ statement: SQL) throws -> Int {
      statements.add(statement.text)
      return try connection.execute(statement)
    }
  }

  private static func started() async throws -> (TestServer, Recorder) {
    var recorder: Recorder?
    let server = try await TestServer.start { database in
      let created = Recorder(database)
      recorder = created
      return created
    }
    let recorded = try #require(recorder)
    // The first look has the server forget everything; at the second one that is over.
    let deadline = ContinuousClock.now + .seconds(60)
    while recorded.looks.values.count < 2, ContinuousClock.now < deadline { await Task.yield() }
    return (server, recorded)
  }

  @Test(arguments: [false, true])
  func `a private skill and a missing one cost a stranger the same statements, at first and later`(
    hasToken: Bool
  ) async throws {
    let (server, recorded) = try await Self.started()
    try await server.publish("hidden", isPrivate: true)
    // Its owner reads it, which must not help a stranger to tell.
    #expect(try await server.send(.get, "/index/acme/hidden", token: server.token).status == 200)
    let token = hasToken ? try await TestServer.newToken("rival", server.store) : nil
    if let token { _ = try await server.send(.get, Route.profile.rawValue, token: token) }
    func cost(_ slug: String) async throws -> [String] {
      let before = recorded.requested.count
      #expect(try await server.send(.get, "/index/acme/\(slug)", token: token).status == 404)
      return Array(recorded.requested.dropFirst(before))
    }
    let first = try await (hidden: cost("hidden"), missing: cost("absent"))
    let second = try await (hidden: cost("hidden"), missing: cost("absent"))
    #expect(first.hidden == first.missing)
    #expect(second.hidden == second.missing)
    #expect(second.hidden.allSatisfy { $0.contains("tokens") })
    #expect(first.hidden.count == second.hidden.count + 1)
    // What is published under another name leaves what is known of these.
    try await server.publish("other")
    let third = try await (hidden: cost("hidden"), missing: cost("absent"))
    #expect(third.hidden == second.hidden)
    #expect(third.missing == second.missing)
    // So does what its owner does to a private skill that stays one.
    let yank = "/api/skills/acme/hidden/versions/1.0.0/yank"
    #expect(try await server.sendJSON(.put, yank, YankRequest(reason: nil), token: server.token).status == 200)
    #expect(try await cost("hidden") == second.hidden)
    try await server.publish("hidden", "1.1.0", isPrivate: true)
    #expect(try await cost("hidden") == second.hidden)
  }

  @Test(arguments: ["/", "/search?q=sample", "/authors/acme", "/authors/acme/skills/sample"])
  func `a page is made once for all who are not signed in, until something changes`(path: String) async throws {
    let (server, recorded) = try await Self.started()
    try await server.publish("sample", "1.0.0")
    let first = try await server.send(.get, path)
    let before = recorded.requested.count
    let second = try await server.send(.get, path)
    #expect(first.status == 200 && second.body == first.body)
    #expect(recorded.requested.count == before)
    let tag = try #require(first.headers["ETag"])
    #expect(try await server.send(.get, path, headers: ["If-None-Match": tag]).status == 304)
    try await server.publish("sample", "1.1.0")
    #expect(try await server.send(.get, path).text.contains("1.1.0"))
  }

  @Test func `the files of a version are read once for all who ask for their list`() async throws {
    let (server, recorded) = try await Self.started()
    try await server.publish("sample")
    func reads() -> Int { recorded.statements.values.filter { $0.contains("SELECT path, size, digest") }.count }
    let before = reads()
    let path = "/api/skills/acme/sample/versions/1.0.0/files"
    let answers = try await (server.send(.get, path), server.send(.get, path))
    #expect(answers.0.status == 200)
    #expect(answers.0.body == answers.1.body)
    let tag = try #require(answers.0.headers["ETag"])
    #expect(try await server.send(.get, path, headers: ["If-None-Match": tag]).status == 304)
    #expect(reads() == before + 1)
  }

  @Test(arguments: ["/api/skills/acme/sample", "/authors/acme/skills/sample"])
  func `one file costs one row, however many there are beside it`(place: String) async throws {
    let (server, recorded) = try await Self.started()
    let package = try Sample.packed(files: ["a.txt": "A", "b/c.txt": "C"])
    #expect(try await server.publish(package: package.bytes).status == 201)
    let before = recorded.statements.values.count
    for (path, status) in [("b/c.txt", 200), ("a.txt", 200), ("c.txt", 404)] {
      #expect(try await server.send(.get, "\(place)/versions/1.0.0/files/\(path)").status == status)
    }
    let reads = recorded.statements.values.dropFirst(before).filter { $0.contains("digest, is_executable FROM files") }
    #expect(reads.count == 3)
    #expect(reads.allSatisfy { $0.contains("AND path = ") }, "\(reads)")
  }

  @Test func `publishing reads the versions of its skill once before its archive is stored, and once to enter it`()
    async throws
  {
    let (server, recorded) = try await Self.started()
    for number in ["1.0.0", "1.1.0", "1.2.0"] {
      let before = recorded.statements.values.count
      try await server.publish("sample", number)
      let reads = recorded.statements.values.dropFirst(before).filter { $0.contains("SELECT versions.*") }
      #expect(reads.count <= 2, "\(number)")
    }
    let versions = try WireCoding.decode(
      VersionList.self, from: await server.send(.get, "/api/skills/acme/sample/versions").body)
    #expect(versions.versions.map(\.version) == ["1.2.0", "1.1.0", "1.0.0"])
  }
}
