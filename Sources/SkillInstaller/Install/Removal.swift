import Skills

/// Removes skills, and with them what only they needed: first the links, then each folder in one step.
package struct Removal: Sendable {
  private let slugs: [SkillSlug]
  private let targets: InstallTargets
  private let options: InstallOptions
  private let report: @Sendable (SkillInstaller.Progress) -> Void

  package init(
    of slugs: [SkillSlug], from targets: InstallTargets, _ options: InstallOptions,
    report: @escaping @Sendable (SkillInstaller.Progress) -> Void = { _ in }
  ) {
    self.slugs = slugs
    self.targets = targets
    self.options = options
    self.report = report
  }

  /// - Throws: `noSkillsDirectory`, `notInstalled`, or what forbids to take a folder away.
  package func plan() async throws -> PreparedChange {
    try targets.refuseEmptyFolder(hint: "Run this in a project with installed skills, or name its folder.")
    let workspace = try await Workspace(targets) { report(.waiting) }
    let state = try ProjectState(targets)
    let wanted = try StateAfterRemoval(without: slugs, in: state, targets, saves: options.saves)
    let (leaving, edited) = try await leaving(wanted, workspace.root)
    var plan = ChangePlan(
      from: state.former, to: wanted.lock ?? state.former, leaving.map { PlannedStep(removing: $0.existing) },
      ResolutionNotices())
    (plan.forgotten, plan.needed) = (wanted.forgotten, wanted.needed)
    plan.remaining = try remaining(after: leaving, workspace.root) + edited
    return PreparedChange(plan, in: workspace, targets, leaving: leaving, files: wanted.files, report: report)
  }

  /// The skills that go, those that were named first, and those that only they needed and that somebody has edited.
  private func leaving(
    _ wanted: StateAfterRemoval, _ root: SkillsRoot
  ) async throws(MeshError) -> (leaving: [LeavingSkill], edited: [ChangePlan.Remainder]) {
    let named = Set(slugs)
    var leaving: [LeavingSkill] = []
    var edited: [ChangePlan.Remainder] = []
    // Hashing the files of hundreds of skills is work for every core.
    let entries = await inParallel(wanted.leaving) { [targets] slug in
      Result { () throws(MeshError) in try ExistingEntry(at: slug, in: root, knowing: targets.knownFolders) }
    }
    for (slug, entry) in zip(wanted.leaving, entries) {
      let existing = try entry.get()
      if existing.isNothing {
        // Links to it may still be there.
        let links = try folders(linkedTo: slug, root)
        guard wanted.known.contains(slug) || !links.isEmpty || !named.contains(slug) else {
          throw Self.notInstalled(slug)
        }
        leaving.append(LeavingSkill(existing: existing, links: links, isForced: options.force))
      } else if !options.force, let refusal = existing.refusalToRemove {
        if named.contains(slug) { throw refusal }
        if case .edited = existing.state { edited.append(existing.remainder) }
      } else {
        leaving.append(LeavingSkill(existing, targets, isForced: options.force))
      }
    }
    return (leaving, edited)
  }

  /// The folders of agents in which links or copies of ours are of a skill that is gone; edited ones with force.
  private func folders(linkedTo slug: SkillSlug, _ root: SkillsRoot) throws(MeshError) -> [String] {
    var folders: [String] = []
    for folder in targets.knownFolders.sorted() {
      switch try root.agentFolderInside(folder, targets).map({ agent throws(MeshError) in
        try AgentLink(agentFolder: agent, slug: slug).state()
      }) {
      case .link, .copy: folders.append(folder)
      case .foreign(let what) where what.isEditedCopy && options.force: folders.append(folder)
      case .shared, .missing, .foreign, nil: continue
      }
    }
    return folders
  }

  /// What is not ours to take from the folders of agents.
  private func remaining(
    after leaving: [LeavingSkill], _ root: SkillsRoot
  ) throws(MeshError) -> [ChangePlan.Remainder] {
    var remaining: [ChangePlan.Remainder] = []
    for skill in leaving {
      let folders = skill.existing.isNothing ? targets.knownFolders.sorted() : skill.links.sorted()
      for folder in folders {
        guard let agent = try root.agentFolderInside(folder, targets),
          case .foreign(let what) = try AgentLink(agentFolder: agent, slug: skill.slug).state(),
          !(skill.isForced && what.isEditedCopy)
        else { continue }
        remaining.append(
          ChangePlan.Remainder(
            skill: skill.slug, entry: "\(folder)/\(skill.slug)", what: what.description, isOurs: what.isEditedCopy))
      }
    }
    return remaining
  }

  private static func notInstalled(_ slug: SkillSlug) -> MeshError {
    MeshError(
      .notInstalled, "\(slug) is not installed here", hint: "See what is installed: agent-mesh skills installed")
  }
}

/// What a project still wants when some skills are taken out of it.
private struct StateAfterRemoval {
  private(set) var files: [FileReplacement] = []
  /// Nil where nothing is written.
  private(set) var lock: Lockfile?
  /// Folders that are to go, those that were named first.
  private(set) var leaving: [SkillSlug]
  /// Folders that `skills.lock` knows.
  private(set) var known: Set<SkillSlug> = []
  private(set) var forgotten: [(slug: SkillSlug, source: String)] = []
  private(set) var needed: [(slug: SkillSlug, by: [String])] = []

  init(without slugs: [SkillSlug], in state: ProjectState, _ targets: InstallTargets, saves: Bool) throws(MeshError) {
    leaving = slugs
    guard saves, var manifest = state.manifest, let lock = state.lock else { return }
    let named = Set(slugs)
    known = Set(lock.skills.map(\.folder))
    for name in manifest.skills.keys where named.contains(manifest.folder(of: name)) { manifest.skills[name] = nil }
    for slug in slugs { (manifest.sources[slug], manifest.commits[slug]) = (nil, nil) }
    let kept = lock.needed(by: manifest)
    let rest = Lockfile(lock.skills.filter { kept.contains($0.folder) })
    var needy: [SkillName: Set<String>] = [:]
    for skill in rest.skills {
      for need in skill.dependencies { needy[need.name, default: []].insert(skill.reference) }
    }
    needed = slugs.filter(kept.contains).map { slug in
      (slug, (rest[slug]?.name.flatMap { needy[$0] } ?? []).sorted())
    }
    let names = Set(rest.skills.compactMap(\.name))
    manifest.pins = manifest.pins.filter { names.contains($0.key) }
    let all = slugs.filter { !kept.contains($0) } + known.filter { !kept.contains($0) && !named.contains($0) }.sorted()
    let inPlace = Dictionary(lock.skills.filter(targets.isInPlace).map { ($0.folder, $0.reference) }) { $1 }
    forgotten = all.compactMap { slug in inPlace[slug].map { (slug, $0) } }
    leaving = all.filter { inPlace[$0] == nil }
    files = state.files(manifest, rest)
    self.lock = rest
  }
}
