/// `skills.json`: what a project, or a user, wants to have installed.
///
/// `schemas/skills.schema.json` says the same for other programs.
package struct ProjectManifest: Hashable, Sendable {
  package static let fileName = "skills.json"
  package static let currentFormat = 1
  package static let maximumBytes = 1 << 20

  /// A skill of a registry, as a project wants it.
  package struct Wanted: Hashable, Sendable {
    /// Nil for any version that is no pre-release.
    package var range: VersionRange?
    /// The address of its registry, where it is neither that of its author nor that of the project.
    package var registry: String?
    /// The folder that it is installed as, where that is not its own name.
    package var folder: SkillSlug?

    package init(range: VersionRange? = nil, registry: String? = nil, folder: SkillSlug? = nil) {
      self.range = range
      self.registry = registry
      self.folder = folder
    }
  }

  /// The `$schema` key, for editors.
  package var schema: String?
  /// The address of the registry for skills that name none; nil for the one that the user has configured.
  package var registry: String?
  /// The addresses of the registries of single authors, whoever needs their skills.
  package var registries: [AuthorName: String] = [:]
  /// Identifiers of the agents that skills are linked for; empty when nobody has chosen.
  package var agents: [String] = []
  /// How old a version must be before an unattended update takes it, such as `3d`; nil for the user's setting.
  package var minimumAge: MinimumAge?
  package var skills: [SkillName: Wanted] = [:]
  /// Skills that are in no registry, by the folder that they are installed as.
  package var sources: [SkillSlug: SkillSource] = [:]
  /// Exact versions that are kept until they are unpinned, also of skills that only others depend on.
  package var pins: [SkillName: SemanticVersion] = [:]
  /// Commits that git sources are kept at until they are unpinned, by the folders of `sources`.
  package var commits: [SkillSlug: String] = [:]
  /// Findings that somebody lets stand, in the order of the file.
  package var accepted: [AcceptedFinding] = []

  package init() {}

  /// The folder that a wanted skill is installed as.
  package func folder(of name: SkillName) -> SkillSlug { skills[name]?.folder ?? name.slug }

  /// Whether a skill stays as it is until it is unpinned.
  package func isPinned(_ skill: LockedSkill) -> Bool {
    skill.name.map { pins[$0] != nil } ?? (commits[skill.folder] != nil)
  }
}
