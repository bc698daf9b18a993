/// One skill as it was resolved: everything needed to fetch it again, and to tell whether it is the same.
package struct LockedSkill: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    /// - Parameter registry: The address of the registry that it came from, and comes from for ever.
    case registry(SkillName, SemanticVersion, registry: String, isPrivate: Bool)
    /// - Parameters:
    ///   - commit: The full commit of a git source; nil for others, which the digest alone pins.
    ///   - version: As its SKILL.md has it; nil when it names none.
    case source(SkillSource, commit: String?, version: String?)
  }

  /// The folder that it is installed as: unique in a project.
  package var folder: SkillSlug
  package var origin: Origin
  /// Of the canonical archive.
  package var digest: Digest
  /// Bytes of that archive.
  package var size: Int
  package var treeDigest: TreeDigest
  /// What it needs, as its front matter says but under the names that are locked, sorted.
  package var dependencies: [SkillReference]

  package init(
    folder: SkillSlug, origin: Origin, digest: Digest, size: Int, treeDigest: TreeDigest,
    dependencies: [SkillReference] = []
  ) {
    self.folder = folder
    self.origin = origin
    self.digest = digest
    self.size = size
    self.treeDigest = treeDigest
    self.dependencies = dependencies.sorted { $0.description < $1.description }
  }

  /// Nil for a skill that is in no registry.
  package var name: SkillName? {
    if case .registry(let name, _, _, _) = origin { name } else { nil }
  }

  /// Nil for a skill that is in no registry.
  package var number: SemanticVersion? {
    if case .registry(_, let number, _, _) = origin { number } else { nil }
  }

  package var registry: String? {
    if case .registry(_, _, let registry, _) = origin { registry } else { nil }
  }

  package var source: SkillSource? {
    if case .source(let source, _, _) = origin { source } else { nil }
  }

  /// The full commit of a git source; nil for others.
  package var commit: String? {
    if case .source(_, let commit, _) = origin { commit } else { nil }
  }

  package var isPrivate: Bool {
    if case .registry(_, _, _, let isPrivate) = origin { isPrivate } else { false }
  }

  /// What a person calls it: `author/slug`, or the source.
  package var reference: String {
    switch origin {
    case .registry(let name, _, _, _): name.description
    case .source(let source, _, _): source.description
    }
  }

  /// The version as text; of a source its commit, shortened, where its SKILL.md names none; else nothing.
  package var version: String? {
    switch origin {
    case .registry(_, let number, _, _): number.description
    case .source(_, let commit, let version): version ?? commit.map { String($0.prefix(12)) }
    }
  }
}
