import Foundation
import RegistryStore
import SystemPackage
import TestSupport
import Testing

/// A registry of an earlier program, and a newer one that dies while it brings the database up to date.
@Suite(.enabled(if: Tracer.isAvailable), .serialized) struct MigrationKillSweepTests {
  private let folder: TemporaryFolder
  private let token = AccessToken()

  init() async throws {
    folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: try folder.folder("data").appending("registry.sqlite").string, schema: 4)
    for statement: SQL in [
      "INSERT INTO authors (id, name, skeleton, created_at) VALUES (1, 'acme', 'acme', 1)",
      "INSERT INTO tokens (id, author_id, hash, created_at) VALUES (7, 1, \(token.hash), 1)",
    ] { _ = try await database.write { try $0.execute(statement) } }
    try database.close()
  }

  @Test(arguments: ["pwrite64", "fdatasync", "ftruncate"])
  func `a migration killed at any such call is whole or not begun, and the next start goes through`(
    call: String
  ) async throws {
    var (number, died) = (0, true)
    while died {
      number += 1
      try #require(number < 500, "no end of \(call)")
      let copy = folder["copy-\(number)"]
      try FileManager.default.copyItem(atPath: folder["data"].string, toPath: copy.string)
      died = try await Tracer.run(
        [Program.registry, "check", "--data", copy.string], dyingAt: number, of: call,
        environment: ["PATH": "/usr/bin:/bin"], folder: folder.path.string)
      let schema = try await schemaAsEarlierProgramsSee(copy)
      #expect(died || schema > 4, "\(call) \(number)")
      let store = try RegistryStore(folder: copy)
      let identity = try await store.accounts.identity(presenting: token, at: Date())
      #expect(identity?.tokenID == 7, "\(call) \(number)")
      #expect(identity?.scope == .everything, "\(call) \(number)")
      #expect(try await store.databaseFaults(thorough: true).isEmpty, "\(call) \(number)")
      try store.close()
      try FileManager.default.removeItem(atPath: copy.string)
    }
  }

  /// The number of the schema, after what an earlier program needs was found to be there, and nothing half of the next.
  private func schemaAsEarlierProgramsSee(_ data: FilePath) async throws -> Int64 {
    let database = try SQLiteDatabase(path: data.appending("registry.sqlite").string, schema: 4)
    let (schema, tables, author) = try await database.read { connection in
      (
        try connection.row("SELECT max(version) AS v FROM schema")?.integer("v") ?? 0,
        try connection.rows("SELECT name FROM sqlite_master WHERE name IN ('accounts', 'names', 'rate_buckets')").count,
        try connection.row(
          "SELECT authors.name AS author FROM authors JOIN tokens ON author_id = authors.id WHERE hash = \(token.hash)")?
          .text("author")
      )
    }
    try database.close()
    #expect(author == "acme")
    #expect(tables == (schema > 4 ? 3 : 0))
    return schema
  }
}
