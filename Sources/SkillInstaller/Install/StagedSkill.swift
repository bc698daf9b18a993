import FoundationSubset
import SkillArchive
import Skills

/// What a decision needs, checked, complete and out of sight.
struct StagedSkill: Sendable {
  enum Content: Sendable {
    /// The whole folder of the skill, with its record.
    case folder
    /// A new record for the folder that is there.
    case mark
    case nothing
  }

  let decision: Decision
  let staging: Staging
  let content: Content
  private var archive: InspectedArchive?
  let mark: OwnershipMark
  /// What the skill says that it needs around it; nil when it says nothing, or is not unpacked anew.
  let compatibility: String?
  /// What it may do; nil when nobody wants to know, or nothing of it changes.
  private(set) var review: SkillReview?

  var slug: SkillSlug { decision.skill.folder }

  /// Unpacks an archive, checks what came of it, and records it.
  ///
  /// - Throws: `integrityError` when it is not what the index promises, or not what a registry may store.
  init(
    _ decision: Decision, _ staging: Staging, unpacking source: ArchiveSource, limits: ArchiveLimits
  ) throws(MeshError) {
    let skill = decision.skill
    let folder = try staging.work.newChild(staging.entry(.skill).name)
    let inspected = try Self.reading(skill) { () throws(ArchiveError) in
      try SkillUnpacker.unpack(source, into: folder, limits: limits)
    }
    let document = try? SkillDocument(reading: inspected.skillMarkdown)
    try Self.check(inspected, document, skill)
    mark = decision.mark(inspected.manifest)
    archive = inspected
    compatibility = document?.compatibility
    try folder.write(mark.encoded, to: OwnershipMark.fileName)
    (self.decision, self.staging, content) = (decision, staging, .folder)
  }

  /// For a skill that is there and lacks links alone, or whose record does not say what is locked.
  init(completing decision: Decision, _ installed: OwnershipMark, _ staging: Staging) throws(MeshError) {
    var mark = installed.following(decision.skill)
    mark.links = decision.step.links
    if mark != installed {
      try staging.work.write(mark.encoded, to: staging.entry(.mark).name)
      try staging.work.write(installed.encoded, to: staging.entry(.formerMark).name)
    }
    (self.decision, self.staging, self.mark) = (decision, staging, mark)
    compatibility = nil
    content = mark == installed ? .nothing : .mark
  }

  /// Compares what the skill may do with what the installed version may do.
  mutating func review(published: Date?, accepting accepted: [AcceptedFinding]) throws(MeshError) {
    guard let inspected = archive, let document = try? SkillDocument(reading: inspected.skillMarkdown) else { return }
    archive = nil
    let files = try ReviewedFiles(
      of: document, inspected.manifest, in: staging.work.child(staging.entry(.skill).name), named: slug)
    let former =
      decision.replacesItself
      ? try ReviewedFiles(
        installedIn: staging.root.directory.child(slug.rawValue), named: slug) : nil
    review = SkillReview(
      decision.skill, files, since: former, previousVersion: decision.step.previousVersion, published
    ).accepting(accepted)
  }

  private static func check(
    _ inspected: InspectedArchive, _ document: SkillDocument?, _ skill: LockedSkill
  ) throws(MeshError) {
    guard inspected.isCanonical else {
      throw refused(skill, "its archive is not in the form that registries store")
    }
    guard inspected.treeDigest == skill.treeDigest else {
      throw refused(skill, "its files are not those that were promised")
    }
    // A source is named by whoever adds it; a registry has to deliver the skill that was asked for.
    guard let name = skill.name else { return }
    guard document?.name == name.slug.rawValue else {
      throw refused(skill, "its SKILL.md is that of '\(document?.name ?? "?", limit: 80)'")
    }
    if let number = skill.number, let declared = try? document?.semanticVersion(),
      declared.withoutBuild != number.withoutBuild
    {
      throw refused(skill, "its SKILL.md is that of version \(declared)")
    }
  }

  private static func reading<Value>(
    _ skill: LockedSkill, _ step: () throws(ArchiveError) -> Value
  ) throws(MeshError) -> Value {
    do {
      return try step()
    } catch {
      guard case .refused(let refusal) = error else { throw error.meshError(of: "\(skill.title)") }
      throw refused(skill, "its archive was refused: \(refusal)")
    }
  }

  private static func refused(_ skill: LockedSkill, _ reason: Message) -> MeshError {
    MeshError(
      .integrityError, "\(skill.title) cannot be trusted: \(reason)",
      hint: "Nothing was installed. Restore skills.lock if it was edited by hand; otherwise report it to the registry.")
  }
}

extension LockedSkill {
  /// `author/slug@1.2.3`, or the text of the source.
  package var title: String { number.map { "\(reference)@\($0)" } ?? reference }
}
