import Foundation
import Skills

/// How often versions were downloaded, by day, and their skills in all.
package struct Downloads: Sendable {
  /// A version on one day.
  package struct Key: Sendable, Hashable {
    package var versionID: Int64
    /// Since 1970, in UTC.
    package var day: Int64

    package init(versionID: Int64, at time: Date) {
      self.versionID = versionID
      day = Int64((time.timeIntervalSince1970 / 86_400).rounded(.down))
    }
  }

  let database: any SQLDatabase

  /// Adds to what was counted before, in one transaction.
  package func add(_ counts: [Key: Int]) async throws {
    try await database.write { connection in
      for (key, times) in counts {
        try connection.execute(
          """
          INSERT INTO downloads (version_id, day, times) VALUES (\(key.versionID), \(key.day), \(times))
          ON CONFLICT (version_id, day) DO UPDATE SET times = downloads.times + excluded.times
          """)
        try connection.execute(
          """
          UPDATE skills SET download_count = download_count + \(times)
          WHERE id = (SELECT skill_id FROM versions WHERE id = \(key.versionID))
          """)
      }
    }
  }

  /// How many skills have another total than their versions together.
  static func miscountedSkills(on connection: any SQLConnection) throws -> Int64 {
    try connection.row(
      """
      SELECT count(*) AS n FROM skills WHERE download_count <> (
        SELECT coalesce(sum(times), 0) FROM downloads JOIN versions ON versions.id = version_id
        WHERE skill_id = skills.id)
      """)?.integer("n") ?? 0
  }

  /// All downloads of each version of a skill; a version without any is left out.
  package func totals(ofSkill id: Int64) async throws -> [Int64: Int] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT version_id, CAST(sum(times) AS BIGINT) AS total FROM downloads
        JOIN versions ON versions.id = version_id WHERE skill_id = \(id) GROUP BY version_id
        """)
      return try rows.reduce(into: [:]) { totals, row in
        totals[try row.integer("version_id")] = Int(try row.integer("total"))
      }
    }
  }
}
