import Skills

/// How skills that are in no registry are reached.
package struct SourceAccess: Sendable {
  /// Looks at a source as it is now.
  package let lock: @Sendable (SkillSource, SkillSlug) async throws -> LockedSkill
  /// The entry of a locked skill as its source is now: the very same when nothing of it has changed and what is locked
  /// can still be fetched.
  package let newest: @Sendable (LockedSkill, SkillSource) async throws -> LockedSkill
  /// The canonical archive of exactly what was locked.
  package let fetch: @Sendable (LockedSkill) async throws -> [UInt8]

  package init(
    lock: @escaping @Sendable (SkillSource, SkillSlug) async throws -> LockedSkill,
    newest: @escaping @Sendable (LockedSkill, SkillSource) async throws -> LockedSkill,
    fetch: @escaping @Sendable (LockedSkill) async throws -> [UInt8]
  ) {
    self.lock = lock
    self.newest = newest
    self.fetch = fetch
  }

  /// Where there are registries alone.
  package static let none = SourceAccess(
    lock: { source, _ in throw refusal(source.description) },
    newest: { _, source in throw refusal(source.description) }, fetch: { throw refusal($0.reference) })

  private static func refusal(_ text: String) -> MeshError {
    MeshError(.usage, "'\(text)' is in no registry, and other sources are not read here")
  }
}
