import SkillArchive
import Skills

/// A skill from a source, packed in canonical form.
package struct SourcedSkill: Sendable {
  /// Exact: of a repository the folder of this skill, of a site the entry; with it alone the skill is found again.
  package var source: SkillSource
  /// In full, 40 or 64 digits; nil for anything but git.
  package var commit: String?
  /// Of the commit; nil for anything but git.
  package var authorship: Authorship?
  package var packed: PackedSkill
  package var document: SkillDocument
  /// The name that the front matter gives, else the folder's, else the nearest slug to either.
  package var suggestedFolder: SkillSlug
  /// What the lenient checks say, what looks like a secret, and what is left out; none of it is fatal here.
  package var findings: [Finding]
  /// What the source holds of it besides, and is not part of the skill.
  package var leftOut: [LeftOut]

  /// The entry for the lock; words of `metadata.dependencies` that are no references are among the findings instead.
  package func locked(as folder: SkillSlug) -> LockedSkill {
    var dependencies: Set<SkillReference> = []
    for word in document.dependencies {
      guard let reference = try? SkillReference(parsing: word) else { continue }
      dependencies.insert(reference)
    }
    return LockedSkill(
      folder: folder, origin: .source(source, commit: commit, version: document.version), digest: packed.digest,
      size: packed.bytes.count, treeDigest: packed.treeDigest, dependencies: Array(dependencies))
  }
}
