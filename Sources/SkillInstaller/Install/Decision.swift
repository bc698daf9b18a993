import RegistryClient
import Skills

/// What is to be done for one skill, decided from what is wanted and from what stands on the disk.
struct Decision: Sendable {
  let skill: LockedSkill
  let step: PlannedStep
  /// Whether foreign entries in the way of links are moved to backups.
  let isForced: Bool
  /// Whether nothing may stand where the skill goes.
  let needsFreePlace: Bool
  /// The record of the skill that is there.
  let installed: OwnershipMark?
  /// Edits, which are kept, in a skill of the version that is wanted.
  let edits: [String]
  /// Whether the installed skill is the same, at this version or at another.
  let replacesItself: Bool

  /// A skill that is wanted, and how much.
  struct Request: Sendable {
    var skill: LockedSkill
    /// Whether somebody named it, so that edits are an error and not just noted.
    var isRequested = false
    /// Folders in which links are wanted, beside those that are recorded.
    var links: [String] = []
    /// What the lock had in this folder before: it may be replaced when nobody edited it.
    var former: LockedSkill?
    /// What the skill was called when it was installed in this folder; nil for one that is called so still.
    var formerName: SkillName?

    /// Whether a record is of this skill.
    func isRecorded(by mark: OwnershipMark) -> Bool {
      mark.reference == skill.reference || (formerName != nil && mark.name == formerName)
    }
  }

  /// - Throws: `conflict`, `localEdits` or `integrityError` unless forced.
  init(
    _ request: Request, in root: SkillsRoot, _ targets: InstallTargets, _ options: InstallOptions
  ) throws(MeshError) {
    let skill = request.skill
    let existing = try ExistingEntry(at: skill.folder, in: root, knowing: targets.knownFolders)
    let recorded = existing.mark.flatMap { request.isRecorded(by: $0) ? $0.links : nil } ?? []
    let folders = Set(recorded).union(request.links).sorted()
    let links = AgentLinks(slug: skill.folder, folders: folders, targets: targets)
    let survey = try links.survey(root, current: existing.mark?.treeDigest)
    let choice = try ActionChoice(request, existing, survey, options)
    if case .blocked(let conflict) = survey, !options.force { throw conflict }
    isForced = options.force
    needsFreePlace = existing.isNothing
    installed = existing.mark
    edits = choice.edits
    replacesItself = existing.mark.map { request.isRecorded(by: $0) || $0.isOfSameRepository(as: skill) } ?? false
    self.skill = skill
    step = PlannedStep(
      action: choice.action, reference: skill.reference, version: skill.version,
      previousVersion: existing.mark?.locked?.version, digest: skill.digest, size: skill.size,
      folder: "\(Agent.sharedFolder)/\(skill.folder)", links: folders, keepsBackup: choice.keepsBackup)
  }

  /// What to record of these files.
  func mark(_ manifest: FileManifest) -> OwnershipMark {
    OwnershipMark(of: skill, links: step.links, manifest: manifest, previous: previous)
  }

  /// The version that is replaced, or the one before it when the version stays.
  private var previous: OwnershipMark.Previous? {
    guard let installed, replacesItself else { return nil }
    if installed.digest == skill.digest { return installed.previous }
    return OwnershipMark.Previous(
      version: installed.version, commit: installed.commit, digest: installed.digest, size: installed.size ?? 1,
      treeDigest: installed.treeDigest, dependencies: installed.dependencies ?? [])
  }
}

extension OwnershipMark {
  /// Whether it is of the same skill of a git repository, whichever its branch or tag.
  fileprivate func isOfSameRepository(as skill: LockedSkill) -> Bool {
    guard let source = skill.source, let other = locked?.source else { return false }
    return source.isOfSameRepository(as: other)
  }

  /// A skill belongs to the registry that it came from.
  func refuseOtherRegistry(than skill: LockedSkill) throws(MeshError) {
    guard let other = skill.registry, let address = try? RegistryAddress(parsing: other) else { return }
    if (try? RegistryAddress(parsing: registry)) == address { return }
    throw MeshError(
      .conflict, "\(reference) came from \(registry, limit: 200)",
      hint: "A name never moves to another registry. Use --registry with that address; if the registry itself has "
        + "moved, say so once: agent-mesh skills registry move \(registry, limit: 200) \(address)")
  }
}
