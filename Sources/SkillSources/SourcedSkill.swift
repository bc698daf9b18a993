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
  /// What the lenient checks say, what looks like a secret, and links that stayed out; none of it is fatal here.
  package var findings: [Finding]

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

extension SourcedSkill {
  /// - Throws: `validation_error` when the SKILL.md cannot be read, even leniently.
  init(_ packed: PackedSkill, at place: SkillLocation, noting notes: [Finding]) throws(MeshError) {
    let document: SkillDocument
    do {
      document = try SkillDocument(reading: packed.skillMarkdown)
    } catch {
      throw MeshError(
        .validationError, "the SKILL.md of \(place.label) cannot be read: \(error)",
        findings: [error.finding(in: "SKILL.md")])
    }
    self.packed = packed
    self.document = document
    source = place.source
    commit = place.commit
    suggestedFolder = try Self.folder(for: document, at: place)
    let context = Validation.Context(
      folderName: place.folderName, manifest: packed.manifest, profile: .lenient)
    findings = Validation.findings(for: document, in: context) + notes
  }

  private static func folder(for document: SkillDocument, at place: SkillLocation) throws(MeshError) -> SkillSlug {
    let texts = [document.name, place.folderName].compactMap(\.self)
    for text in texts {
      if let slug = try? SkillSlug(parsing: text) { return slug }
    }
    for text in texts + [place.fallbackName] {
      if let slug = SkillSlug(deriving: text) { return slug }
    }
    throw MeshError(.validationError, "nothing in \(place.label) could name a folder")
  }
}
