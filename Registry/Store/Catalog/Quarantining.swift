import Foundation
import Skills

/// What of a skill the operator takes out of reach or gives back.
package enum QuarantineScope: Sendable {
  /// Every version, those still to come included.
  case skill
  case version(SemanticVersion)
}

/// Why the operator's decision could not be carried out.
package enum QuarantineRefusal: Error, Sendable {
  case unknownSkill
  case unknownVersion
  /// One version cannot be given back while the whole skill is in quarantine.
  case wholeSkill
}

extension Catalog {
  /// Takes a skill or one version out of reach, reversibly, or changes the reason for it.
  ///
  /// - Returns: Whether anything changed.
  /// - Throws: `QuarantineRefusal` when there is no such skill or version.
  package func quarantine(
    _ name: SkillName, _ scope: QuarantineScope, reason: Reason, at time: Date
  ) async throws -> Bool {
    try await decide(name, scope, at: time) { history, record in
      let (table, id): (StaticString, Int64) =
        if let record { ("versions", record.id) } else { ("skills", history.skill.id) }
      return [
        """
        UPDATE \(raw: table) SET quarantined_at = coalesce(quarantined_at, \(time)), quarantine_reason = \(reason)
        WHERE id = \(id) AND quarantine_reason IS DISTINCT FROM \(reason)
        """
      ]
    }
  }

  /// Gives one version back, or the whole skill with every version that was taken out of reach by itself.
  ///
  /// - Returns: Whether anything was in quarantine.
  /// - Throws: `QuarantineRefusal`.
  package func release(_ name: SkillName, _ scope: QuarantineScope, at time: Date) async throws -> Bool {
    try await decide(name, scope, at: time) { history, record in
      guard let record else {
        let versions: SQL = """
          UPDATE versions SET quarantined_at = NULL, quarantine_reason = NULL
          WHERE skill_id = \(history.skill.id) AND quarantined_at IS NOT NULL
          """
        return [versions, Self.release("skills", history.skill.id)]
      }
      guard history.skill.quarantine == nil else { throw QuarantineRefusal.wholeSkill }
      return [Self.release("versions", record.id)]
    }
  }

  private static func release(_ table: StaticString, _ id: Int64) -> SQL {
    """
    UPDATE \(raw: table) SET quarantined_at = NULL, quarantine_reason = NULL
    WHERE id = \(id) AND quarantined_at IS NOT NULL
    """
  }

  private func decide(
    _ name: SkillName, _ scope: QuarantineScope, at time: Date,
    by statements: @escaping @Sendable (SkillHistory, VersionRecord?) throws -> [SQL]
  ) async throws -> Bool {
    try await database.write { connection in
      guard let history = try Self.history(of: name, on: connection) else { throw QuarantineRefusal.unknownSkill }
      let record: VersionRecord?
      switch scope {
      case .skill: record = nil
      case .version(let version):
        guard let known = history.version(version) else { throw QuarantineRefusal.unknownVersion }
        record = known
      }
      let changes = try statements(history, record).map { try connection.execute($0) }.reduce(0, +)
      if changes > 0 { try Self.refresh(name, at: time, on: connection) }
      return changes > 0
    }
  }
}
