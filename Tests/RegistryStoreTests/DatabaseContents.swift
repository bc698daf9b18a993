import SystemPackage

@testable import RegistryStore

/// Every row of a registry's database, by table, but for what the full-text search keeps to itself.
struct DatabaseContents: Equatable {
  let tables: [String: [[SQLValue]]]

  /// - Parameters:
  ///   - folder: The data folder.
  ///   - schema: An earlier schema, as an earlier program opens it; nil for the latest.
  init(of folder: FilePath, schema: Int? = nil) async throws {
    let database = try SQLiteDatabase(path: folder.appending("registry.sqlite").string, schema: schema)
    tables = try await database.read { connection in
      let names = try connection.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search_%' ORDER BY name")
      var tables: [String: [[SQLValue]]] = [:]
      for name in try names.map({ try $0.text("name") }) {
        tables[name] = try connection.rows(SQL(stringLiteral: "SELECT * FROM \(name)")).map(\.values)
      }
      return tables
    }
    try database.close()
  }
}
