/// The schema of a database, one step after the other.
///
/// A step that has been released never changes.
package struct Migrations: Sendable {
  private let steps: [[SQL]]

  init(steps: [[SQL]]) {
    self.steps = steps
  }

  /// The schema that this program works with.
  var latest: Int { steps.count }

  /// Applies what is missing, each step in a transaction.
  ///
  /// - Parameter target: An earlier schema to stop at; nil for the latest.
  func apply(to connection: any SQLConnection, upTo target: Int? = nil) throws {
    try connection.execute("CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL)")
    let newest = try connection.row("SELECT coalesce(max(version), 0) AS version FROM schema")
    let current = Int(try newest?.integer("version") ?? 0)
    guard current <= steps.count else { throw StoreFailure.newerSchema(current) }
    for (index, step) in steps.prefix(target ?? latest).enumerated().dropFirst(current) {
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
