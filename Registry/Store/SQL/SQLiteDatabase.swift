import Foundation
import GRDB
import SystemPackage

/// SQLite in WAL mode: one connection that writes and checkpoints, readers beside it (SQLite documentation,
/// `wal.html`).
///
/// `synchronous=FULL` makes an acknowledged commit survive power loss. No memory map. One process at a time writes, by
/// a lock file, because versions before 3.51.3 can damage the log when two connections write and checkpoint at the same
/// moment.
package final class SQLiteDatabase: SQLDatabase {
  private let pool: DatabasePool
  private let commits: GroupCommit

  /// Opens or creates the database at `path` and brings its schema up to date.
  ///
  /// - Parameters:
  ///   - migrations: What its schema is made by.
  ///   - schema: An earlier schema to stop at, as an earlier program did; nil for the latest.
  package convenience init(path: String, migrations: Migrations = .registry, schema: Int? = nil) throws {
    try self.init(path: path, migrations: migrations, schema: schema, readOnlyMode: ReadOnlyMode())
  }

  init(path: String, migrations: Migrations, schema: Int? = nil, readOnlyMode: ReadOnlyMode) throws {
    pool = try Self.translating { try DatabasePool(path: path, configuration: Self.configuration()) }
    let pool = pool
    try Self.translating { try pool.writeWithoutTransaction(Self.demandDurability) }
    let lock = try WriteLock(path: FilePath(path + ".lock"))
    commits = GroupCommit { jobs in
      await Self.run(jobs, on: pool, holding: lock, readOnlyMode: readOnlyMode)
    }
    try lock.hold {
      try Self.translating {
        try pool.writeWithoutTransaction { try migrations.apply(to: SQLiteConnection($0), upTo: schema) }
      }
    }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    do {
      return try await pool.read { try body(SQLiteConnection($0)) }
    } catch let error as DatabaseError {
      throw Self.failure(error)
    }
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    try await commits.run(body)
  }

  /// The writer's `PRAGMA data_version`: commits of other connections change it, and no other of this one writes.
  package func foreignRevision() async throws -> Int64 {
    do {
      return try await pool.writeWithoutTransaction { database in
        try Int64.fetchOne(database, sql: "PRAGMA data_version") ?? 0
      }
    } catch let error as DatabaseError {
      throw Self.failure(error)
    }
  }

  package func close() throws {
    try Self.translating { try pool.close() }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "registry"
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA mmap_size = 0;
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          """)
      // Only the writer checkpoints.
      if database.configuration.readonly { try database.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
    }
    return configuration
  }

  /// The pool turns the writer to NORMAL when it turns on the log, so this comes after, and is checked.
  private static func demandDurability(_ writer: Database) throws {
    try writer.execute(sql: "PRAGMA synchronous = FULL")
    guard try Int.fetchOne(writer, sql: "PRAGMA synchronous") == 2 else {
      throw StoreFailure.inaccessible("the database does not sync its commits")
    }
  }

  private static func run(
    _ jobs: [GroupCommit.Job], on pool: DatabasePool, holding lock: WriteLock, readOnlyMode: ReadOnlyMode
  ) async {
    do {
      try readOnlyMode.check()
      try await pool.writeWithoutTransaction { database in
        try lock.hold {
          try database.inTransaction(.immediate) {
            for job in jobs { try attempt(job, on: database) }
            return .commit
          }
        }
      }
    } catch {
      let reason = (error as? DatabaseError).map(failure) ?? error
      if let database = error as? DatabaseError, database.resultCode == .SQLITE_IOERR { readOnlyMode.turnOn() }
      for job in jobs where job.error == nil { job.fail(reason) }
    }
  }

  /// A job that fails undoes itself; an error that ends the transaction itself fails the whole batch.
  private static func attempt(_ job: GroupCommit.Job, on database: Database) throws {
    do {
      try database.inSavepoint {
        try job.body(SQLiteConnection(database))
        return .commit
      }
    } catch let error as DatabaseError where !database.isInsideTransaction || error.resultCode == .SQLITE_FULL {
      throw error
    } catch let error as DatabaseError {
      job.fail(failure(error))
    } catch {
      job.fail(error)
    }
  }

  private static func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw failure(error)
    }
  }

  private static func failure(_ error: DatabaseError) -> any Error {
    switch error.resultCode {
    case .SQLITE_FULL: StoreFailure.full
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: StoreFailure.corrupt("the database (\(error.resultCode.rawValue))")
    case .SQLITE_CONSTRAINT: SQLConstraintViolation(constraint: error.message ?? "")
    default: StoreFailure.inaccessible("the database: \(error.message ?? "error \(error.resultCode.rawValue)")")
    }
  }
}

/// A unique index, check or trigger that forbade a change.
package struct SQLConstraintViolation: Error, Sendable {
  package var constraint: String
}

private struct SQLiteConnection: SQLConnection {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  func rows(_ query: SQL) throws -> [SQLRow] { try rows(query) { _ in true } }

  func rows(_ query: SQL, while isWanted: (SQLRow) throws -> Bool) throws -> [SQLRow] {
    let statement = try database.cachedStatement(sql: query.text)
    let cursor = try Row.fetchCursor(statement, arguments: arguments(query))
    var rows: [SQLRow] = []
    while let next = try cursor.next() {
      let row = SQLRow(columns: statement.columnNames, values: next.databaseValues.map(value))
      guard try isWanted(row) else { break }
      rows.append(row)
    }
    return rows
  }

  func execute(_ statement: SQL) throws -> Int {
    if statement.values.isEmpty {
      try database.execute(sql: statement.text)
    } else {
      try database.cachedStatement(sql: statement.text).execute(arguments: arguments(statement))
    }
    return database.changesCount
  }

  private func arguments(_ statement: SQL) -> StatementArguments {
    StatementArguments(
      statement.values.map { value -> (any DatabaseValueConvertible)? in
        switch value {
        case .null: nil
        case .integer(let integer): integer
        case .text(let text): text
        case .blob(let bytes): Data(bytes)
        }
      })
  }

  private func value(_ value: DatabaseValue) -> SQLValue {
    switch value.storage {
    case .null: .null
    case .int64(let integer): .integer(integer)
    case .double(let double): .integer(Int64(double))
    case .string(let text): .text(text)
    case .blob(let data): .blob(Array(data))
    }
  }
}
