import Skills
import SystemPackage

extension RegistryStore {
  /// Says which files the archive under a digest holds, whatever the database says of it.
  package typealias Inspection = @Sendable (Digest, BlobStore) throws -> FileManifest

  /// As `check(inspecting:)`; where the database cannot be opened, that is a fault, and the blobs are still read.
  package static func check(folder: FilePath, inspecting inspect: Inspection?) async -> IntegrityReport {
    var report = IntegrityReport()
    do {
      let store = try RegistryStore(folder: folder)
      report = await store.check(inspecting: inspect)
      try store.close()
    } catch {
      report.note("the database cannot be opened", error)
      do {
        let blobs = try BlobStore(folder: folder.appending("blobs"), uploads: folder.appending("uploads"))
        _ = report.read(try blobs.digests(), in: blobs)
      } catch {
        report.note("the archives cannot be listed", error)
      }
    }
    return report
  }

  /// Reads the whole database and every blob and compares them; what cannot be read is a fault, too.
  ///
  /// - Parameter inspect: Nil to compare no archive with the list of its files.
  package func check(inspecting inspect: Inspection? = nil) async -> IntegrityReport {
    var report = IntegrityReport()
    do {
      report.faults = try await databaseFaults(thorough: true) + tasks.contradictions()
      let referenced = try await referencedDigests()
      report.versions = referenced.versions
      let stored = Set(try blobs.digests())
      for digest in referenced.digests.subtracting(stored) { report.faults.append("blob \(digest) is missing") }
      let sound = report.read(referenced.digests.intersection(stored), in: blobs)
      report.unreferenced = stored.subtracting(referenced.digests).count
      let claims = CatalogCheck(database: database, blobs: blobs, sound: sound, inspect: inspect)
      try await claims.run { report.faults.append($0) }
    } catch {
      report.note("the database cannot be read", error)
    }
    return report
  }

  /// Removes blobs that no version refers to and that are older than a day.
  ///
  /// - Parameter now: Seconds since 1970.
  package func collectUnreferencedBlobs(now: Int) async throws -> Int {
    let stored = Set(try blobs.digests())
    let unreferenced = stored.subtracting(try await referencedDigests().digests)
    return try unreferenced.count { try blobs.collect($0, storedBefore: now - 86_400) }
  }

  /// Removes a blob that was stored for a version which was then refused, unless something else needs it.
  ///
  /// Asked in the turn of a writer: whoever enters a version with this blob comes before, and is seen, or holds it.
  package func discard(_ blob: HeldBlob) async throws {
    _ = try await database.write { connection in
      let user = try connection.row(
        "SELECT id FROM versions WHERE archive_digest = \(blob.digest) OR zip_digest = \(blob.digest) LIMIT 1")
      return user == nil ? try blobs.discard(blob) : false
    }
  }

  /// What SQLite's own check says of both databases; nothing when it is content.
  package func databaseFaults(thorough: Bool) async throws -> [String] {
    let ofTasks = try await Self.faults(of: tasks.database, thorough: thorough)
    return try await Self.faults(of: database, thorough: thorough) + ofTasks.map { "the log of tasks: \($0)" }
  }

  private static func faults(of database: any SQLDatabase, thorough: Bool) async throws -> [String] {
    try await database.read { connection in
      let check: StaticString = thorough ? "integrity_check" : "quick_check"
      let rows = try connection.rows("PRAGMA \(raw: check)")
      let broken = try connection.rows("PRAGMA foreign_key_check").count
      let faults = try rows.map { try $0.text(check.description) }.filter { $0 != "ok" }
      return faults + (broken == 0 ? [] : ["\(broken) rows refer to rows that do not exist"])
    }
  }

  private func referencedDigests() async throws -> (versions: Int, digests: Set<Digest>) {
    try await database.read { connection in
      var digests: Set<Digest> = []
      let rows = try connection.rows("SELECT archive_digest, zip_digest FROM versions")
      for row in rows {
        digests.insert(try row.digest("archive_digest"))
        if let zip = try row.optional("zip_digest", row.digest) { digests.insert(zip) }
      }
      return (rows.count, digests)
    }
  }
}

extension IntegrityReport {
  fileprivate mutating func note(_ what: String, _ error: any Error) {
    faults.append("\(what): \(error)")
  }

  /// Reads blobs from end to end and returns those that are what was stored.
  fileprivate mutating func read(_ digests: some Collection<Digest>, in store: BlobStore) -> Set<Digest> {
    var sound: Set<Digest> = []
    for digest in digests.sorted(by: { $0.hexadecimal < $1.hexadecimal }) {
      blobs += 1
      do {
        if try store.open(digest).isIntact() {
          sound.insert(digest)
        } else {
          faults.append("blob \(digest) is damaged")
        }
      } catch {
        note("blob \(digest) cannot be read", error)
      }
    }
    return sound
  }
}
