import Skills

extension SkillInstaller {
  func goal(
    of change: ProjectChange, _ state: ProjectState, _ options: InstallOptions
  ) async throws -> ProjectGoal {
    switch change {
    case .add(let references, let folder): try await adding(references, as: folder, to: state, options)
    case .addSources(let skills): try await adding(skills, to: state, options)
    case .install(isFrozen: true): try frozen(state)
    case .install(isFrozen: false): try await installing(state, options)
    case .rollBack(let slug): try await rollingBack(slug, state, options)
    case .pin(let slug): try pinning(slug, state)
    case .unpin(let slug): try unpinning(slug, state)
    }
  }

  // MARK: - Adding

  private func adding(
    _ references: [SkillReference], as folder: SkillSlug?, to state: ProjectState, _ options: InstallOptions
  ) async throws -> ProjectGoal {
    try Self.refuseClashes(references, folder)
    // What is not saved does not have to agree with what is.
    var manifest = options.saves ? try state.manifestToExtend() : ProjectManifest()
    if manifest.registry == nil || !options.saves { manifest.registry = state.manifest?.registry }
    if manifest.registry == nil, options.saves { manifest.registry = registries.standard.text }
    for reference in references {
      var wanted = manifest.skills[reference.name] ?? ProjectManifest.Wanted()
      wanted.range = reference.range ?? wanted.range
      wanted.folder = folder ?? wanted.folder
      manifest.skills[reference.name] = wanted
      registries.choose(for: reference.name, in: &manifest, state.former)
      if let pin = manifest.pins[reference.name], reference.range?.contains(pin) == false {
        manifest.pins[reference.name] = nil
      }
    }
    if options.saves { manifest.remember(options.agents) }
    var wish = ResolutionWish(
      manifest: manifest, sources: options.saves ? Self.sources(manifest, state) : [], preferred: state.former)
    wish.requested = references
    if options.force { wish.fresh = Set(references.map(\.name)) }
    wish.follow(options)
    let resolved = try await resolve(wish)
    for reference in references { manifest.complete(reference.name, from: resolved.lock) }
    registries.remember(in: &manifest, resolved.lock)
    var goal = ProjectGoal(manifest: manifest, lock: resolved.lock, isWritten: options.saves)
    goal.requested = Set(references.compactMap { resolved.lock[$0.name]?.folder })
    goal.refusesNothing = !options.force
    goal.passedOver = resolved.passedOver
    goal.withdrawn = resolved.withdrawn
    return goal
  }

  private func adding(
    _ skills: [LockedSkill], to state: ProjectState, _ options: InstallOptions
  ) async throws -> ProjectGoal {
    var manifest = options.saves ? try state.manifestToExtend() : ProjectManifest()
    if options.saves { manifest.remember(options.agents) }
    for skill in skills {
      guard let source = skill.source else { continue }
      if let other = manifest.sources[skill.folder], !options.force { try Self.refuseOther(other, skill, source) }
      manifest.sources[skill.folder] = source
      if manifest.commits[skill.folder] != skill.commit { manifest.commits[skill.folder] = nil }
    }
    let named = Set(skills.map(\.folder))
    let others = options.saves ? Self.sources(manifest, state).filter { !named.contains($0.folder) } : []
    var wish = ResolutionWish(manifest: manifest, sources: skills + others, preferred: state.former)
    wish.follow(options)
    let resolved = try await resolve(wish)
    registries.remember(in: &manifest, resolved.lock)
    var goal = ProjectGoal(manifest: manifest, lock: resolved.lock, isWritten: options.saves)
    goal.requested = named
    goal.refusesNothing = !options.force
    goal.passedOver = resolved.passedOver
    goal.withdrawn = resolved.withdrawn
    return goal
  }

  // MARK: - Installing what is written

  private func frozen(_ state: ProjectState) throws(MeshError) -> ProjectGoal {
    let manifest = try manifest(of: state)
    guard let lock = state.lock else {
      throw MeshError(
        .lockMismatch, "there is no \(Lockfile.fileName) beside \(ProjectManifest.fileName)",
        hint: "Write one, and keep it with the project: agent-mesh skills install.")
    }
    let reasons = lock.disagreements(with: manifest)
    guard reasons.isEmpty else {
      throw MeshError(
        .lockMismatch,
        "\(Lockfile.fileName) does not agree with \(ProjectManifest.fileName): \(reasons.joined(separator: "; "), limit: 4_000)",
        hint: lock.movedRegistry(for: manifest).map {
          "If the registry has moved, say so once: agent-mesh skills registry move \($0.old) \($0.new)"
        } ?? "Bring it up to date, and keep it with the project: agent-mesh skills install.")
    }
    try Self.refuseChanges(inPlace: lock, of: targets)
    return ProjectGoal(manifest: manifest, lock: lock, isWritten: false, linksAll: true)
  }

  private func installing(_ state: ProjectState, _ options: InstallOptions) async throws -> ProjectGoal {
    var manifest = try manifest(of: state)
    if options.saves { manifest.remember(options.agents) }
    var sources = Self.sources(manifest, state)
    for (folder, source) in manifest.sources.sorted(by: { $0.key < $1.key }) {
      if sources.contains(where: { $0.folder == folder }) { continue }
      sources.append(try await lock(source, as: folder, at: manifest.commits[folder]))
    }
    var wish = ResolutionWish(manifest: manifest, sources: sources, preferred: state.former)
    wish.follow(options)
    let resolved: ResolvedProject
    do {
      resolved = try await resolve(wish)
    } catch let failure as MeshError where failure.code == .offline {
      // What is locked is all that is wanted: no registry has to be asked for it.
      guard let lock = state.lock, lock.disagreements(with: manifest).isEmpty else { throw failure }
      resolved = ResolvedProject(lock: lock, passedOver: [])
    }
    registries.remember(in: &manifest, resolved.lock)
    return ProjectGoal(
      manifest: manifest, lock: resolved.lock, isWritten: options.saves, linksAll: true,
      passedOver: resolved.passedOver,
      withdrawn: resolved.withdrawn)
  }

  // MARK: - Helping

  func resolve(_ wish: ResolutionWish) async throws -> ResolvedProject {
    var resolution = ProjectResolution(wish, registries)
    return try await resolution.run()
  }

  func manifest(of state: ProjectState) throws(MeshError) -> ProjectManifest {
    if let manifest = state.manifest { return manifest }
    throw MeshError(
      .notFound, "there is no \(ProjectManifest.fileName) in '\(targets.stateFolder)'",
      hint: targets.projectAbove.map { "There is one in '\($0)': run it there, or name that folder." }
        ?? "Name a skill, and it is written: agent-mesh skills install author/slug.")
  }

  /// The sources of a manifest as they are locked; those that are not, or are others now, are left out.
  static func sources(_ manifest: ProjectManifest, _ state: ProjectState) -> [LockedSkill] {
    manifest.sources.sorted { $0.key < $1.key }.compactMap { folder, source in
      state.former[folder].flatMap { skill in
        skill.source == source && [nil, skill.commit].contains(manifest.commits[folder]) ? skill : nil
      }
    }
  }

  /// A folder belongs to the source that it came from; another commit, tag or branch of it is the same source.
  private static func refuseOther(
    _ other: SkillSource, _ skill: LockedSkill, _ source: SkillSource
  ) throws(MeshError) {
    if other == source { return }
    if source.isOfSameRepository(as: other) { return }
    throw MeshError(
      .conflict,
      "\(TerminalText.escaped("\(other) and \(source)", limit: 600)) would both be installed as '\(skill.folder)'",
      hint: "Add it under another name with --as <name>, or put it in the place of the other with --force.")
  }

  /// Two skills with one slug cannot both have the folder of that name.
  private static func refuseClashes(_ references: [SkillReference], _ folder: SkillSlug?) throws(MeshError) {
    if folder != nil, references.count > 1 {
      throw MeshError(.usage, "--as names the folder of one skill, and \(references.count) are to be installed")
    }
    for (slug, group) in Dictionary(grouping: references, by: \.name.slug) where group.count > 1 {
      let names = group.map(\.description).sorted().joined(separator: " and ")
      guard Set(group.map(\.name)).count > 1 else {
        throw MeshError(
          .usage, "\(group[0].name) is named more than once: \(names)",
          hint: "Name it once, with one range such as \(group[0].name)@^1.2.")
      }
      throw MeshError(
        .conflict, "\(names) would both be installed as '\(slug)'",
        hint: "Install them one after the other, one of them under another name with --as <name>.")
    }
  }
}

extension ProjectManifest {
  /// Agents that somebody named are those of the project from here on, beside those that it has.
  fileprivate mutating func remember(_ named: [String]?) {
    agents += (named ?? []).filter { !agents.contains($0) }
  }

  /// A skill that was asked for without a range is wanted from here on up to the next major version.
  fileprivate mutating func complete(_ name: SkillName, from lock: Lockfile) {
    guard var wanted = skills[name], wanted.range == nil, let number = lock[name]?.number else { return }
    wanted.range = .compatible(with: number)
    skills[name] = wanted
  }
}

extension VersionRange {
  /// `^1.2.3`.
  static func compatible(with version: SemanticVersion) -> VersionRange? {
    try? VersionRange(parsing: "^\(version.withoutBuild)")
  }
}
