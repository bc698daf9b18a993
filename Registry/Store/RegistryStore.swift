import FileSystem
import Skills
import SystemPackage

/// Everything that a registry remembers: two databases and a folder of blobs in one data folder.
package struct RegistryStore: Sendable {
  package let accounts: Accounts
  package let agents: Agents
  package let webhooks: Webhooks
  package let catalog: Catalog
  package let downloads: Downloads
  package let blobs: BlobStore
  package let tasks: TaskLog
  let database: any SQLDatabase

  /// Opens the data folder, creating what is missing.
  ///
  /// - Parameters:
  ///   - passwords: What the hash of a password costs.
  ///   - wrap: What stands between the store and the first of its databases, such as a counter of statements.
  package init(
    folder: FilePath, passwords: ScryptParameters = .standard,
    wrapping wrap: (any SQLDatabase) -> any SQLDatabase = { $0 }
  ) throws {
    _ = try StoreDirectory.openDurable(folder)
    let readOnlyMode = ReadOnlyMode()
    let database = wrap(
      try SQLiteDatabase(
        path: Self.databasePath(in: folder).string, migrations: .registry, readOnlyMode: readOnlyMode))
    self.database = database
    accounts = Accounts(database: database, passwords: PasswordHasher(passwords))
    agents = Agents(accounts: accounts)
    webhooks = Webhooks(database: database)
    catalog = Catalog(database: database)
    downloads = Downloads(database: database)
    blobs = try BlobStore(
      folder: folder.appending("blobs"), uploads: folder.appending("uploads"), readOnlyMode: readOnlyMode)
    tasks = TaskLog(
      database: try SQLiteDatabase(
        path: folder.appending("tasks.sqlite").string, migrations: .tasks, readOnlyMode: readOnlyMode))
  }

  /// Whether there is a registry in `folder`.
  package static func exists(in folder: FilePath) -> Bool {
    FileStatus(at: databasePath(in: folder)) != nil
  }

  private static func databasePath(in folder: FilePath) -> FilePath { folder.appending("registry.sqlite") }

  package func close() throws {
    try tasks.database.close()
    try database.close()
  }
}

extension RegistryStore {
  /// Answers once the database has answered.
  package func ping() async throws {
    _ = try await database.read { try $0.row("SELECT 1 AS one") }
  }

  /// A number that is another one after another process has changed the database.
  package func foreignRevision() async throws -> Int64 {
    try await database.foreignRevision()
  }
}
