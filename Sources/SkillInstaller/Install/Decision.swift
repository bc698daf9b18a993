import RegistryClient
import Skills

/// What is to be done for one skill, decided from what is wanted and from what stands on the disk.
struct Decision: Sendable {
  let skill: LockedSkill
  let plan: InstallPlan
  /// Whether foreign entries in the way of links are moved to backups.
  let isForced: Bool
  /// Whether nothing may stand where the skill goes.
  let needsFreePlace: Bool
  /// The record of the skill that is there.
  let installed: OwnershipMark?
  /// Edits, which are kept, in a skill of the version that is wanted.
  let edits: [String]

  /// Who wants the skill, and how much.
  struct Wish: Sendable {
    var skill: LockedSkill
    /// Whether somebody named it, so that edits are an error and not just noted.
    var isRequested = false
    /// Folders in which links are wanted, beside those that are recorded.
    var links: [String] = []
    /// What the lock had in this folder before: it may be replaced when nobody edited it.
    var former: LockedSkill?
  }

  /// - Throws: `conflict`, `localEdits` or `integrityError` unless forced.
  init(
    _ wish: Wish, in root: SkillsRoot?, _ targets: InstallTargets, _ options: InstallOptions
  ) throws(MeshError) {
    let skill = wish.skill
    let obstacle = try Obstacle(at: skill.folder, in: root, knowing: targets.knownFolders)
    let recorded = obstacle.mark?.reference == skill.reference ? obstacle.mark?.links ?? [] : []
    let folders = Set(recorded).union(wish.links).sorted()
    let links = AgentLinks(slug: skill.folder, folders: folders, targets: targets)
    let survey = try links.survey(root, current: obstacle.mark?.treeDigest)
    let verdict = try Verdict(wish, obstacle, survey, options)
    if case .blocked(let conflict) = survey, !options.force { throw conflict }
    isForced = options.force
    needsFreePlace = obstacle.isNothing
    installed = obstacle.mark
    edits = verdict.edits
    self.skill = skill
    plan = InstallPlan(
      action: verdict.action, reference: skill.reference, version: skill.version,
      previousVersion: obstacle.mark?.locked?.version, digest: skill.digest, size: skill.size,
      folder: "\(Agent.sharedFolder)/\(skill.folder)", links: folders, keepsBackup: verdict.keepsBackup)
  }

  /// What to record of these files.
  func mark(_ manifest: FileManifest) -> OwnershipMark {
    OwnershipMark(of: skill, links: plan.links, manifest: manifest, previous: previous)
  }

  /// The version that is replaced, or the one before it when the version stays.
  private var previous: OwnershipMark.Previous? {
    guard let installed, installed.isOfSameOrigin(as: skill) else { return nil }
    if installed.digest == skill.digest { return installed.previous }
    return OwnershipMark.Previous(
      version: installed.version, commit: installed.commit, digest: installed.digest, size: installed.size ?? 1,
      treeDigest: installed.treeDigest, dependencies: installed.dependencies ?? [])
  }
}

extension OwnershipMark {
  /// Whether it is of the same skill: of a git repository, whichever its branch or tag.
  fileprivate func isOfSameOrigin(as skill: LockedSkill) -> Bool {
    if reference == skill.reference { return true }
    guard let source = skill.source, let other = locked?.source else { return false }
    return source.isOfSameRepository(as: other)
  }

  /// A skill belongs to the registry that it came from.
  func refuseOtherRegistry(than skill: LockedSkill) throws(MeshError) {
    guard let other = skill.registry, let address = try? RegistryAddress(parsing: other) else { return }
    if (try? RegistryAddress(parsing: registry)) == address { return }
    throw MeshError(
      .conflict, "\(TerminalText.escaped(reference)) came from \(TerminalText.escaped(registry, limit: 200))",
      hint: "A name never moves to another registry. Use --registry with that address; if the registry itself has "
        + "moved, say so once: agent-mesh skills registry move \(TerminalText.escaped(registry, limit: 200)) \(address)"
    )
  }
}
