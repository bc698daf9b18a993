import RegistryClient
import Skills

/// What is to be done for one skill, decided from the index and from what stands on the disk.
struct Decision: Sendable {
  let candidate: Candidate
  let plan: InstallPlan
  /// Whether foreign entries in the way of links are moved to backups.
  let isForced: Bool
  private let registry: String

  /// A skill that somebody asked for.
  ///
  /// - Throws: `alreadyInstalled`, `conflict` or `localEdits` unless forced.
  init(
    installing candidate: Candidate, in root: SkillsRoot?, _ targets: InstallTargets, _ client: RegistryClient,
    _ options: InstallOptions
  ) throws(MeshError) {
    let obstacle = try Obstacle(at: candidate.name.slug, in: root, targets)
    let (action, keepsBackup) = try Self.action(candidate, obstacle, options)
    self.init(
      candidate, action, obstacle, keepsBackup: keepsBackup, links: targets.linked.map(\.folder), client, options)
  }

  /// A newer version of a skill that is installed; its links stay as they were chosen.
  init(
    updating installed: OwnershipMark, to candidate: Candidate, _ obstacle: Obstacle, _ client: RegistryClient,
    _ options: InstallOptions
  ) {
    self.init(
      candidate, .update, obstacle, keepsBackup: obstacle.state != .intact, links: installed.links, client, options)
  }

  private init(
    _ candidate: Candidate, _ action: InstallPlan.Action, _ obstacle: Obstacle, keepsBackup: Bool, links: [String],
    _ client: RegistryClient, _ options: InstallOptions
  ) {
    self.candidate = candidate
    isForced = options.force
    registry = client.address.text
    plan = InstallPlan(
      action: action, reference: candidate.name.description, version: candidate.number.description,
      previousVersion: obstacle.mark?.version, digest: candidate.entry.digest, size: candidate.entry.size,
      folder: "\(Agent.sharedFolder)/\(candidate.name.slug)", links: links, keepsBackup: keepsBackup)
  }

  var needsArchive: Bool { plan.action != .complete }

  func mark(_ manifest: FileManifest) -> OwnershipMark {
    OwnershipMark(
      name: candidate.name, version: candidate.number, registry: registry, digest: candidate.entry.digest,
      isPrivate: candidate.isPrivate, links: plan.links, manifest: manifest)
  }

  private static func action(
    _ candidate: Candidate, _ obstacle: Obstacle, _ options: InstallOptions
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
    let isSame = mark.digest == candidate.entry.digest
    if isSame, !obstacle.hasAllLinks { return (.complete, false) }
    throw alreadyInstalled(mark, candidate, isSame: isSame)
  }

  private static func alreadyInstalled(_ mark: OwnershipMark, _ candidate: Candidate, isSame: Bool) -> MeshError {
    if isSame {
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
      .alreadyInstalled, "\(mark.reference)@\(mark.version) is installed already, and you asked for \(candidate.number)",
      hint: "Move forward with: agent-mesh skills update \(mark.reference). Replace it with --force.")
  }
}

/// What stands where a skill is to go.
struct Obstacle: Sendable {
  let mark: OwnershipMark?
  let state: FolderState
  let isNothing: Bool
  let hasAllLinks: Bool
  private let place: String

  init(at slug: SkillSlug, in root: SkillsRoot?, _ targets: InstallTargets) throws(MeshError) {
    place = "\(Agent.sharedFolder)/\(slug)"
    guard let root, let kind = try root.directory.kind(of: slug.rawValue) else {
      (mark, state, isNothing, hasAllLinks) = (nil, .unmarked, true, false)
      return
    }
    isNothing = false
    guard kind == .directory else {
      (mark, state, hasAllLinks) = (nil, .unmarked, false)
      return
    }
    let folder = try root.directory.child(slug.rawValue)
    mark = try OwnershipMark.read(in: folder)
    state = try FolderState(of: folder)
    hasAllLinks = try Placement(root: root, targets: targets).hasLinks(slug, in: targets.linked.map(\.folder))
  }

  func conflict(with name: SkillName) -> MeshError {
    if let mark {
      return MeshError(
        .conflict, "'\(place)' holds \(mark.reference), so \(name) cannot go there",
        hint: "Remove it first: agent-mesh skills remove \(name.slug). Or replace it with --force.")
    }
    return MeshError(
      .conflict, "'\(place)' exists, and agent-mesh did not create it",
      hint: "Move it away, or replace it with --force; it is then kept as a backup.")
  }

  static func localEdits(_ slug: SkillSlug, _ paths: [String]) -> MeshError {
    let shown = paths.prefix(5).map { TerminalText.escaped($0, limit: 120) }.joined(separator: ", ")
    let rest = paths.count > 5 ? " and \(paths.count - 5) more" : ""
    return MeshError(
      .localEdits, "\(slug) was edited here: \(shown)\(rest)",
      hint: "Keep your changes elsewhere, or go on with --force; the edited folder is then kept as a backup.")
  }
}
