import RegistryStore

/// Stands between a store and its database, and shows every statement before it runs.
struct WatchedDatabase: SQLDatabase {
  let database: any SQLDatabase
  let watch: @Sendable (SQL) throws -> Void

  func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
    try await database.read { try body(Connection(connection: $0, watch: watch)) }
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
    try await database.write { try body(Connection(connection: $0, watch: watch)) }
  }

  func foreignRevision() async throws -> Int64 { try await database.foreignRevision() }

  func close() throws { try database.close() }

  private struct Connection: SQLConnection {
    let connection: any SQLConnection
    let watch: @Sendable (SQL) throws -> Void

    func rows(_ query: SQL) throws -> [SQLRow] {
      try watch(query)
      return try connection.rows(query)
    }

    func execute(_ statement: SQL) throws -> Int {
      try watch(statement)
      return try connection.execute(statement)
    }
  }
}
