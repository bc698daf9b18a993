import Skills
import SystemPackage

/// What removing did.
package struct RemovalOutcome: Sendable {
  /// Folders that are gone, those that were named first.
  package var removed: [SkillSlug] = []
  /// Where folders are now that were kept as backups.
  package var backups: [String] = []
  /// Skills that are no longer wanted, and whose files stay where they lie: they were never installed from elsewhere.
  package var forgotten: [(slug: SkillSlug, place: String)] = []
  /// Skills that were named and stay, because these others need them.
  package var needed: [(slug: SkillSlug, by: [String])] = []
  /// What stays in the folders of agents, which go on reading it, and what it is: somebody made or edited it.
  package var kept: [(entry: String, what: String)] = []
}

extension SkillInstaller {
  /// Removes skills, and with them what only they needed: first the links, then each folder in one step.
  ///
  /// - Parameter report: Told when another process of ours has to be waited for.
  package static func remove(
    _ slugs: [SkillSlug], from targets: InstallTargets, _ options: InstallOptions,
    report: (Progress) -> Void = { _ in }
  ) async throws -> RemovalOutcome {
    let state = try ProjectState(targets)
    guard try state.isManaged || Directory.openIfPresent(targets.sharedFolder) != nil else {
      throw MeshError(
        .noSkillsDirectory, "there is no '\(Agent.sharedFolder)' in '\(targets.base)'",
        hint: "Run this in a project with installed skills, or name its folder.")
    }
    let root = try await SkillsRoot.claim(targets) { report(.waiting) }
    defer { root.withdraw() }
    return try Removal(slugs, targets, try ProjectState(targets), root, options).run()
  }
}

/// One run of removing.
private struct Removal {
  let slugs: [SkillSlug]
  let targets: InstallTargets
  let state: ProjectState
  let root: SkillsRoot
  let options: InstallOptions

  init(
    _ slugs: [SkillSlug], _ targets: InstallTargets, _ state: ProjectState, _ root: SkillsRoot,
    _ options: InstallOptions
  ) {
    self.slugs = slugs
    self.targets = targets
    self.state = state
    self.root = root
    self.options = options
  }

  func run() throws(MeshError) -> RemovalOutcome {
    var outcome = RemovalOutcome()
    let (files, gone) = try forget(&outcome)
    var change = StagedChange(files: files)
    defer { for removal in change.removals { try? removal.staging.discard() } }
    for slug in gone {
      let isNamed = slugs.contains(slug)
      let obstacle = try Obstacle(at: slug, in: root, knowing: targets.knownFolders)
      if obstacle.isNothing {
        let folders = try linkedFolders(of: slug)
        if isNamed, folders.isEmpty, files.allSatisfy({ !$0.isChange }) { throw Self.notInstalled(slug) }
        if !folders.isEmpty { change.deadLinks.append(StagedChange.DeadLinks(slug: slug, folders: folders)) }
        try keep(slug, in: Array(targets.knownFolders), &outcome)
        continue
      }
      if !options.force, let refusal = obstacle.refusalToRemove {
        if isNamed { throw refusal }
        continue
      }
      let links = obstacle.mark?.links ?? targets.linkedFolders
      if !options.force { try keep(slug, in: links, &outcome) }
      change.removals.append(
        StagedChange.Removal(
          slug: slug, links: links, keepsBackup: obstacle.state != .intact, isForced: options.force,
          staging: try root.stage(for: slug)))
    }
    let backups = try Placement(root: root, targets: targets).perform(change)
    outcome.removed = gone
    outcome.backups = gone.flatMap { backups[$0] ?? [] }
    return outcome
  }

  /// The folders of agents in which links of ours lead to a skill that is gone.
  private func linkedFolders(of slug: SkillSlug) throws(MeshError) -> [String] {
    var folders: [String] = []
    for folder in targets.knownFolders.sorted() {
      guard let place = try root.agentFolderInside(folder, targets) else { continue }
      switch try AgentLink(place: place, slug: slug).state() {
      case .link, .copy: folders.append(folder)
      case .shared, .missing, .foreign: continue
      }
    }
    return folders
  }

  /// Notes what is not ours to take from the folders of agents.
  private func keep(_ slug: SkillSlug, in folders: [String], _ outcome: inout RemovalOutcome) throws(MeshError) {
    for folder in folders.sorted() {
      guard let place = try root.agentFolderInside(folder, targets),
        case .foreign(let what) = try AgentLink(place: place, slug: slug).state()
      else { continue }
      outcome.kept.append(("\(folder)/\(slug)", what))
    }
  }

  /// What the two files will say, and the folders that are to go.
  private func forget(
    _ outcome: inout RemovalOutcome
  ) throws(MeshError) -> (files: [FileReplacement], gone: [SkillSlug]) {
    guard options.saves, var manifest = state.manifest, let lock = state.lock else { return ([], slugs) }
    for slug in slugs {
      for name in manifest.skills.keys where manifest.folder(of: name) == slug { manifest.skills[name] = nil }
      (manifest.sources[slug], manifest.commits[slug]) = (nil, nil)
    }
    let needed = lock.needed(by: manifest)
    var gone: [SkillSlug] = []
    for slug in slugs {
      guard needed.contains(slug) else {
        gone.append(slug)
        continue
      }
      let chains = lock.chains(to: slug, from: manifest).compactMap { $0.dropLast().last?.reference }
      outcome.needed.append((slug, Set(chains).sorted()))
    }
    let others = lock.skills.map(\.folder).filter { !needed.contains($0) && !slugs.contains($0) }
    let rest = Lockfile(lock.skills.filter { needed.contains($0.folder) })
    for name in manifest.pins.keys where rest[name] == nil { manifest.pins[name] = nil }
    let unknown = gone.first { lock[$0] == nil && (try? Obstacle(at: $0, in: root, knowing: []))?.isNothing != false }
    if let unknown { throw Self.notInstalled(unknown) }
    let all = gone + others
    outcome.forgotten = all.compactMap { folder in
      lock[folder].flatMap { targets.isInPlace($0) ? (folder, $0.reference) : nil }
    }
    let places = all.filter { folder in !outcome.forgotten.contains { $0.slug == folder } }
    return (state.files(manifest, rest), places)
  }

  private static func notInstalled(_ slug: SkillSlug) -> MeshError {
    MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed.")
  }
}
