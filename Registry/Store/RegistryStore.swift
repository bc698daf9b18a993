import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Everything that a registry remembers: a database and a folder of blobs in one data folder.
package struct RegistryStore: Sendable {
  package let accounts: Accounts
  package let catalog: Catalog
  package let blobs: BlobStore
  let database: any SQLDatabase

  /// Opens the data folder, creating what is missing.
  package init(folder: FilePath) throws {
    try Disk.makeFolder(folder)
    let database = try SQLiteDatabase(path: folder.appending("registry.sqlite").string)
    self.database = database
    accounts = Accounts(database: database)
    catalog = Catalog(database: database)
    blobs = try BlobStore(folder: folder.appending("blobs"), uploads: folder.appending("uploads"))
  }

  package func close() throws {
    try database.close()
  }
}

extension RegistryStore {
  /// Answers once the database has answered.
  package func ping() async throws {
    _ = try await database.read { try $0.row("SELECT 1 AS one") }
  }
}
