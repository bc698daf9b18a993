import SkillArchive
import Skills

/// A skill that was found in a source and read: what of it is kept, and what stays out.
///
/// Packing is left for those that are wanted.
struct FoundSkill: Sendable {
  private enum Content: Sendable {
    case files(SkillContents)
    case archive(PackedSkill, secrets: [SecretFinding])
  }

  var location: SkillLocation
  /// The name that the front matter gives, else the folder's, else the nearest slug to either.
  var suggestedFolder: SkillSlug
  /// Of the commit; nil for anything but git.
  var authorship: Authorship?
  /// About the source.
  var notes: [Finding] = []
  let document: SkillDocument
  let leftOut: [LeftOut]
  private let content: Content

  /// - Throws: `not_found` without a SKILL.md; `validation_error` when it cannot be read, even leniently.
  init(_ contents: SkillContents, at location: SkillLocation) throws(MeshError) {
    guard let skillMarkdown = contents.skillMarkdown else {
      throw MeshError(.notFound, "\(location.label) has no SKILL.md")
    }
    try self.init(.files(contents), skillMarkdown, leftOut: contents.leftOut, at: location)
  }

  /// A folder on this disk, which is never held in memory as a whole.
  init(_ plan: PackPlan, at location: SkillLocation) throws(MeshError) {
    let packed: PackedSkill
    do {
      // Secrets stop whoever publishes a skill; whoever uses it is only told.
      packed = try SkillPacker.pack(plan.allowingSecrets())
    } catch {
      throw error.meshError(of: location.label)
    }
    let content = Content.archive(packed, secrets: plan.secrets)
    try self.init(content, packed.skillMarkdown, leftOut: plan.leftOut, at: location)
  }

  private init(
    _ content: Content, _ skillMarkdown: [UInt8], leftOut: [LeftOut], at location: SkillLocation
  ) throws(MeshError) {
    do {
      document = try SkillDocument(reading: skillMarkdown)
    } catch {
      throw MeshError(
        .validationError, "the SKILL.md of \(location.label) cannot be read: \(error)",
        findings: [error.finding(in: "SKILL.md")])
    }
    self.content = content
    self.leftOut = leftOut
    self.location = location
    suggestedFolder = try Self.folder(for: document, at: location)
  }

  var treeDigest: TreeDigest {
    switch content {
    case .files(let contents): contents.treeDigest
    case .archive(let packed, _): packed.treeDigest
    }
  }

  func packed() throws(MeshError) -> SourcedSkill {
    let (packed, secrets) = try archive()
    let context = Validation.Context(
      folderName: location.folderName, manifest: packed.manifest, profile: .lenient)
    let findings =
      Validation.findings(for: document, in: context) + secrets.map(\.warning)
      + LeftOut.findings(leftOut, skillMarkdown: packed.skillMarkdown) + notes
    return SourcedSkill(
      source: location.source, commit: location.commit, authorship: authorship, packed: packed, document: document,
      suggestedFolder: suggestedFolder, findings: findings, leftOut: leftOut)
  }

  private func archive() throws(MeshError) -> (PackedSkill, [SecretFinding]) {
    switch content {
    case .archive(let packed, let secrets): return (packed, secrets)
    case .files(let contents):
      do {
        return (try contents.packed(), contents.secrets)
      } catch {
        throw error.meshError(of: location.label)
      }
    }
  }

  private static func folder(
    for document: SkillDocument, at location: SkillLocation
  ) throws(MeshError) -> SkillSlug {
    let texts = [document.name, location.folderName].compactMap(\.self)
    for text in texts {
      if let slug = try? SkillSlug(parsing: text) { return slug }
    }
    for text in texts + [location.fallbackName] {
      if let slug = SkillSlug(deriving: text) { return slug }
    }
    throw MeshError(.validationError, "nothing in \(location.label) could name a folder")
  }
}
