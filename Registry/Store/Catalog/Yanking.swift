import Foundation
import Skills

/// What an author says of a version without withdrawing it: not for new installs.
extension Catalog {
  /// Marks a version as yanked, or changes the reason of a yank; one that was withdrawn is left alone.
  ///
  /// - Returns: Whether anything changed.
  package func yank(
    _ name: SkillName, version: SemanticVersion, reason: Reason?, by owner: Accounts.Identity, at time: Date
  ) async throws -> Bool {
    try await change(name, version, by: owner, at: time) { record in
      """
      UPDATE versions SET yanked_at = coalesce(yanked_at, \(time)), yank_reason = \(reason)
      WHERE id = \(record.id) AND withdrawn_at IS NULL AND (yanked_at IS NULL OR yank_reason IS DISTINCT FROM \(reason))
      """
    }
  }

  /// Undoes a yank.
  ///
  /// - Returns: Whether the version was yanked.
  package func unyank(
    _ name: SkillName, version: SemanticVersion, by owner: Accounts.Identity, at time: Date
  ) async throws -> Bool {
    try await change(name, version, by: owner, at: time) { record in
      """
      UPDATE versions SET yanked_at = NULL, yank_reason = NULL
      WHERE id = \(record.id) AND withdrawn_at IS NULL AND yanked_at IS NOT NULL
      """
    }
  }

  private func change(
    _ name: SkillName, _ version: SemanticVersion, by owner: Accounts.Identity, at time: Date,
    with statement: @escaping @Sendable (VersionRecord) -> SQL
  ) async throws -> Bool {
    try await database.write { connection in
      try owner.demand(.publisher, in: name.author, at: time, on: connection)
      try owner.demand(anyOf: [.yank], on: name)
      guard let record = try Self.history(of: name, on: connection)?.version(version),
        try connection.execute(statement(record)) == 1
      else { return false }
      try Self.refresh(name, at: time, on: connection)
      return true
    }
  }
}
