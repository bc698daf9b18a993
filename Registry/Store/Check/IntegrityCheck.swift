import Skills

/// What a full check of a registry found.
package struct IntegrityReport: Sendable, Codable, Equatable {
  package var versions = 0
  package var blobs = 0
  /// One sentence for each fault; empty when everything is as it was written.
  package var faults: [String] = []
  /// Blobs that no version refers to: harmless remains of an interrupted publish.
  package var unreferenced = 0

  package var isSound: Bool { faults.isEmpty }
}

extension RegistryStore {
  /// Reads the whole database and every blob and compares them.
  package func check() async throws -> IntegrityReport {
    var report = IntegrityReport()
    report.faults = try await databaseFaults(thorough: true)
    let referenced = try await referencedDigests()
    report.versions = referenced.versions
    let stored = Set(try blobs.digests())
    for digest in referenced.digests.sorted(by: { $0.hexadecimal < $1.hexadecimal }) {
      guard stored.contains(digest) else {
        report.faults.append("blob \(digest) is missing")
        continue
      }
      report.blobs += 1
      do {
        if try !blobs.open(digest).isIntact() { report.faults.append("blob \(digest) is damaged") }
      } catch {
        report.faults.append("blob \(digest) cannot be read: \(error)")
      }
    }
    report.unreferenced = stored.subtracting(referenced.digests).count
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

  /// What SQLite's own check says; nothing when it is content.
  package func databaseFaults(thorough: Bool) async throws -> [String] {
    try await database.read { connection in
      let rows = try connection.rows(thorough ? "PRAGMA integrity_check" : "PRAGMA quick_check")
      let broken = try connection.rows("PRAGMA foreign_key_check").count
      let column = thorough ? "integrity_check" : "quick_check"
      let faults = try rows.map { try $0.text(column) }.filter { $0 != "ok" }
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
