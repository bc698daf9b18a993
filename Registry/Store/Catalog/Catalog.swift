import Foundation
import Skills

/// Skills and their versions: reading.
package struct Catalog: Sendable {
  let database: any SQLDatabase

  /// A skill with all its versions; nil when there is none of that name.
  package func history(of name: SkillName) async throws -> SkillHistory? {
    try await database.read { try Self.history(of: name, on: $0) }
  }

  /// Who may know of skills, by one read for all and one statement for each, whether there is such a skill or not.
  package func visibilities(of names: Set<SkillName>) async throws -> [SkillName: SkillVisibility] {
    try await database.read { connection in
      var visibilities: [SkillName: SkillVisibility] = [:]
      for name in names { visibilities[name] = try Self.visibility(of: name, on: connection) }
      return visibilities
    }
  }

  private static func visibility(of name: SkillName, on connection: any SQLConnection) throws -> SkillVisibility {
    let row = try connection.row(
      """
      SELECT authors.id, authors.name, skills.is_private, moved.is_private AS moved_private,
        moved.author_id AS moved_id, present.name AS moved_name
      FROM names
      JOIN authors ON authors.id = names.author_id
      LEFT JOIN skills ON skills.author_id = authors.id AND skills.slug = \(name.slug.rawValue)
      LEFT JOIN former_skills ON former_skills.author_id = authors.id AND former_skills.slug = \(name.slug.rawValue)
      LEFT JOIN skills AS moved ON moved.id = former_skills.skill_id
      LEFT JOIN authors AS present ON present.id = moved.author_id
      WHERE names.name = \(name.author.rawValue)
      """)
    guard let row else { return .nobody }
    let author = try AuthorName(parsing: row.text("name"))
    if author != name.author { return .moved(to: author) }
    if let isPrivate = try row.optional("moved_private", row.bool) {
      let present = try AuthorName(parsing: row.text("moved_name"))
      return try isPrivate ? .transferred(to: present, members: row.integer("moved_id")) : .moved(to: present)
    }
    guard let isPrivate = try row.optional("is_private", row.bool) else { return .nobody }
    return try isPrivate ? .members(of: row.integer("id")) : .everybody
  }

  /// The files of a version.
  package func manifest(ofVersion id: Int64) async throws -> FileManifest {
    try await database.read { connection in
      let rows = try connection.rows("SELECT path, size, digest, is_executable FROM files WHERE version_id = \(id)")
      return FileManifest(try rows.map(FileManifest.Entry.init))
    }
  }

  /// One file of a version; nil when there is none at that path.
  package func file(_ path: SkillPath, ofVersion id: Int64) async throws -> FileManifest.Entry? {
    try await database.read { connection in
      let row = try connection.row(
        "SELECT path, size, digest, is_executable FROM files WHERE version_id = \(id) AND path = \(path.string)")
      return try row.map(FileManifest.Entry.init)
    }
  }

  /// Every skill of an author that has a version to be had, with its versions, by slug.
  package func skills(ofAuthor id: Int64) async throws -> [SkillHistory] {
    try await database.read { connection in
      let skills = try connection.rows(
        """
        SELECT \(raw: SkillRecord.columns) FROM skills JOIN authors ON authors.id = author_id
        WHERE author_id = \(id) AND newest_version_id IS NOT NULL ORDER BY slug
        """)
      return try skills.map { try Self.history($0, on: connection) }
    }
  }

  /// - Parameter version: Nil for all versions; else no more are read than that of the same number and the newest.
  static func history(
    of name: SkillName, only version: SemanticVersion? = nil, on connection: any SQLConnection
  ) throws -> SkillHistory? {
    let row = try connection.row(
      """
      SELECT \(raw: SkillRecord.columns) FROM skills JOIN authors ON authors.id = author_id
      WHERE name = \(name.author.rawValue) AND slug = \(name.slug.rawValue)
      """)
    return try row.map { try history($0, only: version, on: connection) }
  }

  private static func history(
    _ row: SQLRow, only version: SemanticVersion? = nil, on connection: any SQLConnection
  ) throws -> SkillHistory {
    let skill = try SkillRecord(row)
    let number = version?.withoutBuild.description
    let versions = try connection.rows(
      """
      SELECT versions.*, (SELECT count(*) FROM files WHERE version_id = versions.id) AS file_count,
        skills.quarantined_at AS skill_quarantined_at, skills.quarantine_reason AS skill_quarantine_reason
      FROM versions JOIN skills ON skills.id = skill_id
      WHERE skill_id = \(skill.id) AND (number = coalesce(\(number), number) OR versions.id = newest_version_id)
      ORDER BY versions.id
      """)
    return SkillHistory(skill: skill, versions: try versions.map(VersionRecord.init))
  }
}

extension SkillRecord {
  static let columns: StaticString = """
    skills.id, uid, author_id, authors.name AS author, skills.slug, is_private, newest_version_id,
    skills.created_at, updated_at, skills.quarantined_at, skills.quarantine_reason
    """
}

extension FileManifest.Entry {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      path: try SkillPath(parsing: row.text("path")), size: Int(try row.integer("size")),
      digest: try row.digest("digest"), isExecutable: try row.bool("is_executable"))
  }
}
