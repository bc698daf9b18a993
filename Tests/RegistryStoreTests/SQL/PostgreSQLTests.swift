import Foundation
import RegistryStore
import TestSupport
import Testing

/// The schema and every statement on a real PostgreSQL, so that a second backend does not mean writing queries twice.
@Suite(.enabled(if: PostgreSQL.isInstalled), .timeLimit(.minutes(15))) struct PostgreSQLTests {
  private static let schema = (PostgreSQLSchema.statements + PostgreSQLTaskSchema.statements).map(\.text)

  @Test func `PostgreSQL prepares every statement of the store`() async throws {
    let statements = try StatementSources().statements
    let prepared = statements.enumerated().map { number, statement in
      "PREPARE s\(number) AS /* \(statement.place) */ \(statement.text)"
    }
    let count = "SELECT count(*) AS prepared FROM pg_prepared_statements"
    let outcome = try await PostgreSQL().run(Self.schema + prepared + [count])
    #expect(outcome.errors == [])
    #expect(statements.count > 100)
    #expect(outcome.output.contains("prepared = \"\(statements.count)\""), "\(outcome.output)")
  }

  @Test func `both databases have the same tables with the same columns, and as strict`() async throws {
    let query = """
      SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS described
      FROM information_schema.columns WHERE table_schema = 'public'
      """
    let outcome = try await PostgreSQL().run(Self.schema + [query])
    #expect(outcome.errors == [])
    let found = outcome.output.matches(of: /described = "([^"]*)"/).map { String($0.output.1) }
    #expect(try await Set(found) == columnsOfSQLite())
  }

  /// Each column in the words of PostgreSQL.
  private func columnsOfSQLite() async throws -> Set<String> {
    let folder = try TemporaryFolder()
    let rows =
      try await columns(of: SQLiteDatabase(path: folder["registry.sqlite"].string))
      + columns(of: SQLiteDatabase(path: folder["tasks.sqlite"].string, migrations: .tasks))
    #expect(rows.count > 50)
    let types = ["INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"]
    return Set(
      try rows.map { row in
        let type = try row.text("type")
        return try "\(row.text("name")) \(types[type] ?? type) \(row.bool("is_required") ? "NO" : "YES")"
      })
  }

  private func columns(of database: SQLiteDatabase) async throws -> [SQLRow] {
    let rows = try await database.read { connection in
      try connection.rows(
        """
        SELECT tables.name || '.' || columns.name AS name, columns.type AS type,
          columns."notnull" = 1 OR columns.pk > 0 AS is_required
        FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name NOT LIKE '%search%' AND tables.name <> 'schema'
        """)
    }
    try database.close()
    return rows
  }
}
