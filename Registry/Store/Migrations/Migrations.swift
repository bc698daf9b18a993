/// The schema, one step after the other.
///
/// A step that has been released never changes.
enum Migrations {
  private static let steps: [[SQL]] = [
    Schema1.statements, Schema2.statements, Schema3.statements, Schema4.statements,
    Schema5.statements, Schema6.statements,
  ]

  /// The schema that this program works with.
  static var latest: Int { steps.count }

  /// Applies what is missing up to `target`, each step in a transaction.
  static func apply(to connection: any SQLConnection, upTo target: Int = latest) throws {
    try connection.execute("CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL)")
    let newest = try connection.row("SELECT coalesce(max(version), 0) AS version FROM schema")
    let current = Int(try newest?.integer("version") ?? 0)
    guard current <= steps.count else { throw StoreFailure.newerSchema(current) }
    for (index, step) in steps.prefix(target).enumerated().dropFirst(current) {
      try connection.execute("BEGIN IMMEDIATE")
      do {
        for statement in step { try connection.execute(statement) }
        try connection.execute("INSERT INTO schema (version) VALUES (\(index + 1))")
        try connection.execute("COMMIT")
      } catch {
        try connection.execute("ROLLBACK")
        throw error
      }
    }
  }
}
