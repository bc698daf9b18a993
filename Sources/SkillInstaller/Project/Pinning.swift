import Skills

extension SkillInstaller {
  func pinning(_ slug: SkillSlug, _ state: ProjectState) throws(MeshError) -> ProjectGoal {
    let (manifest, lock) = try written(state)
    let skill = try named(slug, in: lock)
    guard let name = skill.name, let number = skill.number else {
      throw MeshError(
        .usage, "\(slug) comes from \(skill.reference), which its lock pins already",
        hint: "It moves only when it is named: agent-mesh skills update \(slug).")
    }
    var goal = ProjectGoal(manifest: manifest, lock: lock, isWritten: true)
    goal.manifest.pins[name] = number
    return goal
  }

  func unpinning(_ slug: SkillSlug, _ state: ProjectState) throws(MeshError) -> ProjectGoal {
    let (manifest, lock) = try written(state)
    guard let name = manifest.pins.keys.first(where: { $0.slug == slug || lock[$0]?.folder == slug }) else {
      throw MeshError(.notFound, "\(slug) is not pinned", hint: "See: agent-mesh skills tree.")
    }
    var goal = ProjectGoal(manifest: manifest, lock: lock, isWritten: true)
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
    guard let previous = mark.previous, let former = now.replaced(by: previous) else {
      throw MeshError(
        .notFound, "no earlier version of \(slug) is on record here",
        hint: "Install one by its number: agent-mesh skills install \(mark.reference)@<version>.")
    }
    var goal = ProjectGoal(
      manifest: state.manifest ?? ProjectManifest(), lock: Lockfile([former]), isWritten: false, requested: [slug])
    guard state.isManaged, state.former[slug] != nil else { return goal }
    if let name = former.name { goal.manifest.pins[name] = former.number }
    let sources = Self.sources(goal.manifest, state).map { $0.folder == slug ? former : $0 }
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

extension LockedSkill {
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
