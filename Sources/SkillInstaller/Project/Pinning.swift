import Skills

extension SkillInstaller {
  func pinning(_ slug: SkillSlug, _ state: ProjectState) throws(MeshError) -> ProjectGoal {
    let (manifest, lock) = try written(state)
    let skill = try named(slug, in: lock)
    var goal = ProjectGoal(manifest: manifest, lock: lock, isWritten: true)
    if let name = skill.name, let number = skill.number {
      goal.manifest.pins[name] = number
      return goal
    }
    guard let commit = skill.commit else {
      throw MeshError(
        .usage,
        "\(slug) comes from \(TerminalText.escaped(skill.reference, limit: 300)), which has no versions to keep",
        hint:
          "Only skills of registries and of git repositories are pinned. Others stay until they are named in an update."
      )
    }
    goal.manifest.commits[slug] = commit
    return goal
  }

  func unpinning(_ slug: SkillSlug, _ state: ProjectState) throws(MeshError) -> ProjectGoal {
    let (manifest, lock) = try written(state)
    var goal = ProjectGoal(manifest: manifest, lock: lock, isWritten: true)
    if goal.manifest.commits.removeValue(forKey: slug) != nil { return goal }
    guard let name = manifest.pins.keys.first(where: { $0.slug == slug || lock[$0]?.folder == slug }) else {
      throw MeshError(.notFound, "\(slug) is not pinned", hint: "See: agent-mesh skills tree.")
    }
    goal.manifest.pins[name] = nil
    return goal
  }

  /// Brings back what was there before, and keeps it until it is unpinned: the next update would undo it otherwise.
  func rollingBack(
    _ slug: SkillSlug, _ state: ProjectState, _ options: InstallOptions
  ) async throws -> ProjectGoal {
    guard let mark = state.installed.first(where: { $0.slug == slug.rawValue })?.mark, let now = mark.locked else {
      throw MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed.")
    }
    guard let previous = mark.previous, var former = now.replaced(by: previous) else {
      throw MeshError(
        .notFound, "no earlier version of \(slug) is on record here",
        hint: "Install one by its number: agent-mesh skills install \(mark.reference)@<version>.")
    }
    var goal = ProjectGoal(
      manifest: state.manifest ?? ProjectManifest(), lock: Lockfile([former]), isWritten: false, requested: [slug])
    guard state.isManaged, state.former[slug] != nil else { return goal }
    if let name = former.name, let number = former.number {
      goal.manifest.pins[name] = number
      // A range that moved on with the version that is left goes back with it.
      if let range = goal.manifest.skills[name]?.range, !range.contains(number) {
        goal.manifest.skills[name]?.range =
          range.exact == nil ? .compatible(with: number) : VersionRange(exactly: number)
      }
    } else {
      goal.manifest.commits[slug] = try former.commitToKeep()
      if let source = goal.manifest.sources[slug] { former.come(from: source) }
    }
    var sources = Self.sources(goal.manifest, state).filter { $0.folder != slug }
    if former.source != nil { sources.append(former) }
    var wish = ResolutionWish(manifest: goal.manifest, sources: sources, preferred: state.former)
    if former.name != nil { wish.held = [former] }
    wish.follow(options)
    goal.lock = try await resolve(wish).lock
    goal.isWritten = true
    return goal
  }

  private func written(_ state: ProjectState) throws(MeshError) -> (ProjectManifest, Lockfile) {
    let manifest = try manifest(of: state)
    guard let lock = state.lock else {
      throw MeshError(
        .lockMismatch, "there is no \(Lockfile.fileName) beside \(ProjectManifest.fileName)",
        hint: "Write one: agent-mesh skills install.")
    }
    return (manifest, lock)
  }

  private func named(_ slug: SkillSlug, in lock: Lockfile) throws(MeshError) -> LockedSkill {
    if let skill = lock[slug] { return skill }
    throw MeshError(
      .notInstalled, "\(slug) is not in \(Lockfile.fileName)", hint: "See: agent-mesh skills tree.")
  }
}

extension SkillInstaller {
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
  fileprivate mutating func come(from other: SkillSource) {
    guard case .source(_, let commit, let version) = origin else { return }
    origin = .source(other, commit: commit, version: version)
  }

  /// The commit at which others find the same files.
  ///
  /// - Throws: `usage` for a source that has only the state of now: a lock with another one could be installed by nobody
  ///   who does not have it in the cache.
  fileprivate func commitToKeep() throws(MeshError) -> String {
    if let commit { return commit }
    throw MeshError(
      .usage,
      "\(folder) comes from \(TerminalText.escaped(reference, limit: 300)), where only its state of now can be had",
      hint: "Bring the earlier files back at their source, then: agent-mesh skills update \(folder).")
  }

  /// The same skill as an earlier version of it was recorded; nil for a record that cannot be ours.
  fileprivate func replaced(by previous: OwnershipMark.Previous) -> LockedSkill? {
    var skill = self
    switch origin {
    case .registry(let name, _, let registry, let isPrivate):
      guard let number = try? SemanticVersion(parsing: previous.version) else { return nil }
      skill.origin = .registry(name, number, registry: registry, isPrivate: isPrivate)
    case .source(let source, _, _):
      skill.origin = .source(
        source, commit: previous.commit, version: previous.version.isEmpty ? nil : previous.version)
    }
    skill.digest = previous.digest
    skill.size = previous.size
    skill.treeDigest = previous.treeDigest
    skill.dependencies = previous.dependencies.compactMap { try? SkillReference(parsing: $0) }
    return skill
  }
}
