import Foundation
import SkillInstaller
import Skills

/// Shorthand for a project with `skills.json` and `skills.lock`.
extension Scene {
  @discardableResult
  func add(
    _ references: String..., as folder: String? = nil, force: Bool = false, age: MinimumAge? = nil,
    agents: [String] = []
  ) async throws -> ChangeOutcome {
    try await installer(agents: agents).perform(
      .add(
        references.map { try SkillReference(parsing: $0) }, as: folder.map { try SkillSlug(parsing: $0) }),
      InstallOptions(force: force, saves: true, minimumAge: age, namesAgents: !agents.isEmpty))
  }

  @discardableResult
  func sync(frozen: Bool = false, force: Bool = false) async throws -> ChangeOutcome {
    try await installer().perform(.install(isFrozen: frozen), InstallOptions(force: force, saves: true))
  }

  @discardableResult
  func move(
    _ slugs: String..., beyond: Bool = false, age: MinimumAge? = nil
  ) async throws -> ChangeOutcome {
    let chosen = slugs.isEmpty ? nil : try slugs.map { try SkillSlug(parsing: $0) }
    return try await installer().update(
      UpdateRequest(chosen, beyondRanges: beyond), InstallOptions(saves: true, minimumAge: age))
  }

  @discardableResult
  func drop(_ slugs: String...) async throws -> ChangeOutcome {
    try await Removal(
      of: slugs.map { try SkillSlug(parsing: $0) }, from: targets(), InstallOptions(saves: true)
    ).plan().perform()
  }

  var manifest: ProjectManifest? { get throws { try SkillInstaller.manifest(in: targets()) } }

  var lock: Lockfile? { get throws { try SkillInstaller.lock(in: targets()) } }

  /// `author/slug version`, sorted.
  var locked: [String] { get throws { try lock?.skills.map { "\($0.reference) \($0.version ?? "-")" } ?? [] } }

  var wanted: [String] {
    get throws {
      try (manifest?.skills ?? [:]).map { "\($0.key) \($0.value.range?.description ?? "*")" }.sorted()
    }
  }
}
