import Skills

/// What every change of a project starts from: what it says, what is there, and whom to ask.
struct ProjectContext: Sendable {
  let registries: Registries
  let sources: SourceAccess
  let targets: InstallTargets
  let options: InstallOptions
  let state: ProjectState
  let indexes: IndexReader

  init(
    _ state: ProjectState, _ targets: InstallTargets, _ options: InstallOptions, _ registries: Registries,
    _ sources: SourceAccess, _ bounds: ResolutionBounds
  ) {
    self.state = state
    self.targets = targets
    self.options = options
    self.registries = registries
    self.sources = sources
    indexes = IndexReader(registries, bounds: bounds)
  }

  /// Resolves what is wanted, with versions of the age that the options allow.
  func resolve(_ wanted: ResolutionInput) async throws -> ResolvedProject {
    var input = wanted
    (input.minimumAge, input.publishedBefore) = (options.minimumAge, options.publishedBefore)
    indexes.resetDeadline()
    // What is asked for afterwards, between downloads, is no part of it.
    defer { indexes.resetDeadline() }
    var resolution = ProjectResolution(input, registries, indexes)
    var resolved = try await resolution.run()
    resolved.notices.renames = resolved.renames.filter { name in
      wanted.manifest.skills[name] != nil || wanted.preferred[name] != nil
    }
    return resolved
  }

  /// What installed skills were called when they were installed, by folder, where a lock has their present names.
  ///
  /// - Parameter lock: Somebody else may have written it since.
  func formerNames(in lock: Lockfile) async throws -> [SkillSlug: SkillName] {
    // As above.
    defer { indexes.resetDeadline() }
    let doubtful = state.installed.compactMap { installed -> (skill: LockedSkill, former: SkillName)? in
      guard let mark = installed.mark, let folder = mark.locked?.folder, let skill = lock[folder],
        let name = skill.name, let former = mark.name, former != name, former.slug == name.slug,
        mark.isOfRegistry(of: skill)
      else { return nil }
      return (skill, former)
    }
    var names: [SkillSlug: SkillName] = [:]
    for (registry, group) in Dictionary(grouping: doubtful, by: { $0.skill.registry }) {
      let answers = try await indexes.answers(for: group.map { $0.former }, at: registry)
      for (skill, former) in group {
        guard case .success(let document)? = answers[former], document.presentName == skill.name?.description else {
          continue
        }
        names[skill.folder] = former
      }
    }
    return names
  }

  /// - Throws: `notFound` where there is no manifest.
  func manifest() throws(MeshError) -> ProjectManifest {
    if let manifest = state.manifest { return manifest }
    throw MeshError(
      .notFound, "there is no \(ProjectManifest.fileName) in '\(targets.stateFolder)'",
      hint: ForeignProject.hasLock(targets)
        ? ForeignProject.hint : "Name a skill, and it is written: agent-mesh skills install author/slug")
  }

  /// - Throws: `lockMismatch` where there is no lock.
  func lock(hint: Message) throws(MeshError) -> Lockfile {
    if let lock = state.lock { return lock }
    throw MeshError(
      .lockMismatch, "there is no \(Lockfile.fileName) beside \(ProjectManifest.fileName)", hint: hint)
  }

  /// The manifest to which something is added, with the agents that it is for; an empty one where nothing is saved.
  func manifestToExtend() throws(MeshError) -> ProjectManifest {
    guard options.saves else { return ProjectManifest() }
    var manifest = try state.manifestToExtend()
    remember(in: &manifest)
    return manifest
  }

  func remember(in manifest: inout ProjectManifest) {
    manifest.remember(targets.agents, areNamed: options.namesAgents)
  }

  /// The sources of a manifest as they are locked; those that are not, or are others now, are left out.
  func lockedSources(of manifest: ProjectManifest) -> [LockedSkill] {
    let former = state.former
    return manifest.sources.sorted { $0.key < $1.key }.compactMap { folder, source in
      former[folder].flatMap { skill in
        skill.source == source && [nil, skill.commit].contains(manifest.commits[folder]) ? skill : nil
      }
    }
  }

  /// A source as it is now, or at the commit that it is pinned to.
  func lock(_ source: SkillSource, as folder: SkillSlug, at commit: String?) async throws -> LockedSkill {
    guard let commit, case .git(let url, _, let path) = source else { return try await sources.lock(source, folder) }
    var skill = try await sources.lock(.git(url: url, ref: commit, folder: path), folder)
    skill.come(from: source)
    return skill
  }
}

extension LockedSkill {
  /// The same files, found by way of another branch or tag.
  mutating func come(from other: SkillSource) {
    guard case .source(_, let commit, let version) = origin else { return }
    origin = .source(other, commit: commit, version: version)
  }
}

extension ProjectManifest {
  /// Writes down the agents in effect when somebody named them, and where there are none: then every clone gets the
  /// same links.
  mutating func remember(_ agents: [Agent], areNamed: Bool = false) {
    guard areNamed || self.agents.isEmpty else { return }
    self.agents += agents.map(\.id).filter { !self.agents.contains($0) }
  }
}
