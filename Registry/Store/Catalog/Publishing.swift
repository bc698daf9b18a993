import Foundation
import Skills

/// What publishing did.
package enum PublishOutcome: Sendable {
  case created(SkillHistory, VersionRecord)
  case updated(SkillHistory, VersionRecord)
  /// This content had been published under this number before; now others may see the skill, or no longer.
  case shown(SkillHistory, VersionRecord)
  /// Exactly this content had been published under this number before.
  case unchanged(SkillHistory, VersionRecord)

  /// The skill as it is now.
  package var history: SkillHistory {
    switch self {
    case .created(let history, _), .updated(let history, _), .shown(let history, _), .unchanged(let history, _): history
    }
  }
}

/// Why a version may not be published.
package enum PublishRefusal: Error, Sendable, MeshErrorConvertible {
  /// The number is taken by other content.
  case versionExists(newest: SemanticVersion?)
  /// The number was used and withdrawn; it is never used again.
  case versionWithdrawn(newest: SemanticVersion?)
  /// The operator took this version, or all of the skill, out of reach.
  case quarantined(reason: String)
  /// A skill of that name was transferred, and goes by this one.
  case transferred(SkillName)

  package var meshError: MeshError {
    switch self {
    case .versionExists(let newest):
      MeshError(
        .versionExists, "this version is already published with other content", hint: Self.higher(than: newest))
    case .versionWithdrawn(let newest):
      MeshError(
        .versionExists, "this version was withdrawn, and its number is never used again",
        hint: Self.higher(than: newest))
    case .quarantined(let reason):
      MeshError(
        .quarantined, "the operator of the registry blocked this: \(reason)",
        hint: "Nothing can be published to it until the operator releases it.")
    case .transferred(let present):
      MeshError(
        .conflict, "the skill of that name is \(present) now, to which its old name leads",
        hint: "Publish this one under another name.")
    }
  }

  private static func higher(than newest: SemanticVersion?) -> Message {
    guard let newest else { return "Versions never change: publish a higher one." }
    return "Versions never change: publish a higher one than \(newest)."
  }
}

extension Catalog {
  /// What publishing would be refused for as things are, asked before anything is stored, the right to it first.
  ///
  /// The transaction of `publish(_:by:at:)` asks again and decides.
  ///
  /// - Returns: The version of that number with exactly that content; nil when the number is free.
  package func existingVersion(
    of name: SkillName, _ version: SemanticVersion, _ content: TreeDigest, for publisher: Accounts.Identity,
    at time: Date
  ) async throws -> VersionRecord? {
    try await database.read { connection in
      let before = try Self.demandPublishing(name, only: version, by: publisher, at: time, on: connection).before
      return try before?.existingVersion(version, content)
    }
  }

  /// - Parameter version: Nil for all versions; else no more are read than that of the same number and the newest.
  /// - Returns: The number of the author, and the skill as it is.
  /// - Throws: `RightRefusal`.
  private static func demandPublishing(
    _ name: SkillName, only version: SemanticVersion? = nil, by publisher: Accounts.Identity, at time: Date,
    on connection: any SQLConnection
  ) throws -> (author: Int64, before: SkillHistory?) {
    let author = try publisher.demand(.publisher, in: name.author, at: time, on: connection)
    let before = try history(of: name, only: version, on: connection)
    try publisher.demand(anyOf: [before == nil ? .publishNew : .publishUpdate], on: name)
    if before == nil { try demandNeverTransferred(name.slug, of: author, on: connection) }
    return (author, before)
  }

  private static func demandNeverTransferred(
    _ slug: SkillSlug, of author: Int64, on connection: any SQLConnection
  ) throws {
    let row = try connection.row(
      """
      SELECT authors.name FROM former_skills
      JOIN skills ON skills.id = skill_id JOIN authors ON authors.id = skills.author_id
      WHERE former_skills.author_id = \(author) AND former_skills.slug = \(slug.rawValue)
      """)
    guard let row else { return }
    throw PublishRefusal.transferred(SkillName(author: try AuthorName(parsing: row.text("name")), slug: slug))
  }

  /// Enters a version in one transaction, with a token that allows it at that moment.
  ///
  /// Unique indexes, not this code, decide races.
  package func publish(
    _ new: NewVersion, by publisher: Accounts.Identity, at time: Date
  ) async throws -> PublishOutcome {
    try await database.write { connection in
      let (author, before) = try Self.demandPublishing(new.name, by: publisher, at: time, on: connection)
      // What a token may not read it must not show to everybody.
      if before?.skill.isPrivate == true, new.isPrivate == false {
        try publisher.demand(anyOf: [.readPrivate], on: new.name)
      }
      if let before, let existing = try before.existingVersion(new.version, new.treeDigest) {
        return try Self.show(existing, as: new, in: before, at: time, on: connection)
      }
      var history = try before ?? Self.insertSkill(new, owner: author, at: time, on: connection)
      let record = try Self.insertVersion(new, of: history.skill.id, by: publisher, at: time, on: connection)
      history.versions.append(record)
      let after = try Self.refresh(history, isPrivate: new.isPrivate, at: time, on: connection)
      return before == nil ? .created(after, record) : .updated(after, record)
    }
  }

  /// Withdraws one version, or all when `version` is nil.
  ///
  /// Numbers stay reserved.
  ///
  /// - Returns: How many versions that changed; 0 when they had been withdrawn before.
  package func withdraw(
    _ name: SkillName, version: SemanticVersion?, by owner: Accounts.Identity, at time: Date
  ) async throws -> Int {
    try await database.write { connection in
      try owner.demand(.owner, in: name.author, at: time, on: connection)
      try owner.demand(anyOf: [.yank], on: name)
      guard let history = try Self.history(of: name, on: connection) else { return 0 }
      let chosen = history.versions.filter {
        $0.withdrawnAt == nil && (version == nil || $0.version.withoutBuild == version?.withoutBuild)
      }
      for record in chosen {
        try connection.execute("UPDATE versions SET withdrawn_at = \(time) WHERE id = \(record.id)")
      }
      if !chosen.isEmpty { try Self.refresh(name, at: time, on: connection) }
      return chosen.count
    }
  }

  /// Remembers the zip that was built of a version, unless another one was first.
  package func recordZip(_ digest: Digest, ofVersion id: Int64) async throws {
    _ = try await database.write { connection in
      try connection.execute("UPDATE versions SET zip_digest = \(digest) WHERE id = \(id) AND zip_digest IS NULL")
    }
  }

  /// The same content under the same number changes nothing but, when it is asked for, who may see the skill.
  private static func show(
    _ existing: VersionRecord, as new: NewVersion, in history: SkillHistory, at time: Date,
    on connection: any SQLConnection
  ) throws -> PublishOutcome {
    guard let isPrivate = new.isPrivate, isPrivate != history.skill.isPrivate else {
      return .unchanged(history, existing)
    }
    return .shown(try refresh(history, isPrivate: isPrivate, at: time, on: connection), existing)
  }

  /// - Returns: The skill, which has no version yet.
  private static func insertSkill(
    _ new: NewVersion, owner: Int64, at time: Date, on connection: any SQLConnection
  ) throws -> SkillHistory {
    try connection.execute(
      """
      INSERT INTO skills (uid, author_id, slug, is_private, created_at, updated_at)
      VALUES (\(UUID().uuidString.lowercased()), \(owner), \(new.name.slug.rawValue), \(new.isPrivate ?? false),
        \(time), \(time))
      """)
    guard let history = try Self.history(of: new.name, on: connection) else {
      throw StoreFailure.corrupt("a skill that was just written cannot be read")
    }
    return history
  }

  private static func insertVersion(
    _ new: NewVersion, of skill: Int64, by publisher: Accounts.Identity, at time: Date,
    on connection: any SQLConnection
  ) throws -> VersionRecord {
    let row = try connection.row(
      """
      INSERT INTO versions (skill_id, version, number, archive_digest, archive_size, tree_digest, description,
        dependencies, published_at, published_by)
      VALUES (\(skill), \(new.version.description), \(new.version.withoutBuild.description), \(new.archiveDigest),
        \(new.archiveSize), \(new.treeDigest.description), \(new.description),
        \(new.dependencies.joined(separator: "\n")), \(time), \(publisher.tokenID))
      RETURNING id
      """)
    guard let id = try row?.integer("id") else { throw StoreFailure.corrupt("a new version has no id") }
    for file in new.manifest.entries {
      try connection.execute(
        """
        INSERT INTO files (version_id, path, size, digest, is_executable)
        VALUES (\(id), \(file.path.string), \(file.size), \(file.digest), \(file.isExecutable))
        """)
    }
    try enterDependencies(new.dependencies, ofVersion: id, on: connection)
    return VersionRecord(new, id: id, of: skill, at: time)
  }

  /// Recomputes which version is the newest, to be called after every change of what is on offer.
  static func refresh(_ name: SkillName, at time: Date, on connection: any SQLConnection) throws {
    guard let history = try Self.history(of: name, on: connection) else { return }
    _ = try refresh(history, at: time, on: connection)
  }

  /// - Parameter before: The skill with the versions that it has now, and the newest one of before.
  /// - Returns: The skill as it is then.
  private static func refresh(
    _ before: SkillHistory, isPrivate: Bool? = nil, at time: Date, on connection: any SQLConnection
  ) throws -> SkillHistory {
    var after = before
    after.skill.newestVersionID = before.newestOnOffer?.id
    after.skill.isPrivate = isPrivate ?? before.skill.isPrivate
    after.skill.updatedAt = time.asStored
    try connection.execute(
      """
      UPDATE skills SET newest_version_id = \(after.skill.newestVersionID), updated_at = \(time),
        is_private = \(after.skill.isPrivate)
      WHERE id = \(after.skill.id)
      """)
    // What the search says depends on nothing else.
    if after.newest?.description != before.newest?.description || after.skill.isPrivate != before.skill.isPrivate {
      try refreshSearch(after, on: connection)
    }
    return after
  }
}

extension SkillHistory {
  /// - Returns: The version of that number when it has exactly that content; nil when the number is free.
  fileprivate func existingVersion(
    _ version: SemanticVersion, _ content: TreeDigest
  ) throws(PublishRefusal) -> VersionRecord? {
    if let quarantine = skill.quarantine { throw .quarantined(reason: quarantine.reason) }
    guard let existing = self.version(version) else { return nil }
    if let quarantine = existing.quarantine { throw .quarantined(reason: quarantine.reason) }
    if existing.withdrawnAt != nil { throw .versionWithdrawn(newest: newest?.version) }
    guard existing.treeDigest == content else { throw .versionExists(newest: newest?.version) }
    return existing
  }
}
