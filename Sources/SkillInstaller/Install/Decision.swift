import RegistryClient
import Skills

/// What is to be done for one skill, decided from the index and from what stands on the disk.
struct Decision: Sendable {
  let candidate: Candidate
  let plan: InstallPlan
  /// Whether foreign entries in the way of links are moved to backups.
  let isForced: Bool
  /// Whether nothing may stand where the skill goes.
  let needsFreePlace: Bool
  /// The record of the skill that is there.
  let installed: OwnershipMark?
  private let registry: String

  /// A skill that somebody asked for.
  ///
  /// - Throws: `alreadyInstalled`, `conflict` or `localEdits` unless forced.
  init(
    installing candidate: Candidate, in root: SkillsRoot?, _ targets: InstallTargets, _ client: RegistryClient,
    _ options: InstallOptions
  ) throws(MeshError) {
    let slug = candidate.name.slug
    let obstacle = try Obstacle(at: slug, in: root)
    // Agents that were linked before stay linked.
    let known = obstacle.mark?.reference == candidate.name.description ? obstacle.mark?.links ?? [] : []
    let folders = Set(known).union(targets.linked.map(\.folder)).sorted()
    let links = AgentLinks(slug: slug, folders: folders, targets: targets)
    let survey = try links.survey(root, current: obstacle.mark?.treeDigest)
    let (action, keepsBackup) = try Self.action(candidate, obstacle, survey, client, options)
    if case .blocked(let conflict) = survey, !options.force { throw conflict }
    self.init(candidate, action, obstacle, keepsBackup: keepsBackup, links: folders, client, options)
  }

  /// A newer version of a skill that is installed; its links stay as they were chosen.
  ///
  /// - Throws: `conflict` when something stands in the way of a link, unless forced.
  init(
    updating installed: OwnershipMark, to candidate: Candidate, _ obstacle: Obstacle, in root: SkillsRoot,
    _ targets: InstallTargets, _ client: RegistryClient, _ options: InstallOptions
  ) throws(MeshError) {
    let links = AgentLinks(slug: candidate.name.slug, folders: installed.links, targets: targets)
    let survey = try links.survey(root, current: installed.treeDigest)
    if case .blocked(let conflict) = survey, !options.force { throw conflict }
    self.init(
      candidate, .update, obstacle, keepsBackup: obstacle.state != .intact, links: installed.links, client, options)
  }

  /// An installed skill that lacks links, and nothing else.
  init(relinking installed: OwnershipMark, _ candidate: Candidate, _ obstacle: Obstacle, _ client: RegistryClient) {
    self.init(
      candidate, .complete, obstacle, keepsBackup: false, links: installed.links, client, InstallOptions())
  }

  private init(
    _ candidate: Candidate, _ action: InstallPlan.Action, _ obstacle: Obstacle, keepsBackup: Bool, links: [String],
    _ client: RegistryClient, _ options: InstallOptions
  ) {
    self.candidate = candidate
    isForced = options.force
    needsFreePlace = obstacle.isNothing
    installed = obstacle.mark
    registry = client.address.text
    plan = InstallPlan(
      action: action, reference: candidate.name.description, version: candidate.number.description,
      previousVersion: obstacle.mark?.version, digest: candidate.entry.digest, size: candidate.entry.size,
      folder: "\(Agent.sharedFolder)/\(candidate.name.slug)", links: links, keepsBackup: keepsBackup)
  }

  /// What to record of these files.
  func mark(_ manifest: FileManifest) -> OwnershipMark {
    OwnershipMark(
      name: candidate.name, version: candidate.number, registry: registry, digest: candidate.entry.digest,
      isPrivate: candidate.isPrivate, links: plan.links, manifest: manifest)
  }
}

extension Decision {
  private static func action(
    _ candidate: Candidate, _ obstacle: Obstacle, _ survey: AgentLinks.Survey, _ client: RegistryClient,
    _ options: InstallOptions
  ) throws(MeshError) -> (InstallPlan.Action, keepsBackup: Bool) {
    guard let mark = obstacle.mark, mark.reference == candidate.name.description else {
      if obstacle.isNothing { return (.install, false) }
      guard options.force else { throw obstacle.conflict(with: candidate.name) }
      return (.replace, true)
    }
    if case .edited(let paths) = obstacle.state {
      guard options.force else { throw Obstacle.localEdits(candidate.name.slug, paths) }
      return (.replace, true)
    }
    if options.force { return (.replace, false) }
    try mark.refuseOtherRegistry(than: client.address)
    let isSame = mark.digest == candidate.entry.digest
    if isSame, case .complete = survey { throw alreadyInstalled(mark, candidate) }
    if isSame { return (.complete, false) }
    throw alreadyInstalled(mark, candidate)
  }

  private static func alreadyInstalled(_ mark: OwnershipMark, _ candidate: Candidate) -> MeshError {
    if mark.digest == candidate.entry.digest {
      return MeshError(
        .alreadyInstalled, "\(mark.reference)@\(mark.version) is installed already",
        hint: "Install it again with --force.")
    }
    if mark.version == candidate.number.description {
      return MeshError(
        .integrityError,
        "\(mark.reference)@\(mark.version) is installed, but the registry now has other content under that version",
        hint: "A version must never change. Ask the registry's operator before you replace it with --force.")
    }
    return MeshError(
      .alreadyInstalled,
      "\(mark.reference)@\(mark.version) is installed already, and you asked for \(candidate.number)",
      hint: "Move forward with: agent-mesh skills update \(mark.reference). Replace it with --force.")
  }
}

extension OwnershipMark {
  /// A skill belongs to the registry that it came from (CL12).
  func refuseOtherRegistry(than address: RegistryAddress) throws(MeshError) {
    if (try? RegistryAddress(parsing: registry)) == address { return }
    throw MeshError(
      .conflict, "\(reference) came from \(TerminalText.escaped(registry, limit: 200))",
      hint: "Use --registry with that address; a name never moves to another registry.")
  }
}
