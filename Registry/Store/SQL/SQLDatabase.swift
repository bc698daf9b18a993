/// What a query runs on: inside a snapshot for reading, inside a transaction for writing.
package protocol SQLConnection {
  /// Runs a query and collects its rows.
  func rows(_ query: SQL) throws -> [SQLRow]
  /// Collects the rows before the first one that is not wanted, and reads none after that.
  func rows(_ query: SQL, while isWanted: (SQLRow) throws -> Bool) throws -> [SQLRow]
  /// Runs a statement and returns the number of rows it changed.
  @discardableResult func execute(_ statement: SQL) throws -> Int
}

extension SQLConnection {
  package func row(_ query: SQL) throws -> SQLRow? { try rows(query).first }

  package func rows(_ query: SQL, while isWanted: (SQLRow) throws -> Bool) throws -> [SQLRow] {
    Array(try rows(query).prefix(while: isWanted))
  }
}

/// A database: many readers of snapshots, one writer.
package protocol SQLDatabase: Sendable {
  func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value

  /// Runs `body` in a transaction of its own and returns once it is durable; what `body` throws undoes it.
  func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value

  /// A number that is another one after anybody but this value has written.
  func foreignRevision() async throws -> Int64

  /// Releases the connections. Nothing may be called afterwards.
  func close() throws
}
