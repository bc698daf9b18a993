import Skills

/// Brings back what was there before, and keeps it until it is unpinned: the next update would undo it otherwise.
struct Rollback {
  let slug: SkillSlug
  let context: ProjectContext

  func desiredState() async throws -> DesiredState {
    let state = context.state
    var former = try earlierVersion()
    var desired = DesiredState(
      manifest: state.manifest ?? ProjectManifest(), lock: Lockfile([former]), isWritten: false, requested: [slug])
    guard state.isManaged, state.former[slug] != nil else { return desired }
    try pin(&former, in: &desired.manifest)
    var sources = context.lockedSources(of: desired.manifest).filter { $0.folder != slug }
    if former.source != nil { sources.append(former) }
    var input = ResolutionInput(manifest: desired.manifest, sources: sources, preferred: state.former)
    if former.name != nil { input.held = [former] }
    let resolved = try await context.resolve(input)
    desired.manifest = desired.manifest.renamed(by: resolved.renames)
    (desired.lock, desired.notices) = (resolved.lock, resolved.notices)
    desired.isWritten = true
    return desired
  }

  private func earlierVersion() throws(MeshError) -> LockedSkill {
    guard let mark = context.state.installed.first(where: { $0.slug == slug.rawValue })?.mark, let now = mark.locked
    else {
      throw MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed")
    }
    guard let previous = mark.previous, let former = now.replaced(by: previous) else {
      throw MeshError(
        .notFound, "no earlier version of \(slug) is on record here", hint: now.earlierVersionHint)
    }
    return former
  }

  private func pin(_ former: inout LockedSkill, in manifest: inout ProjectManifest) throws(MeshError) {
    guard let name = former.name, let number = former.number else {
      manifest.commits[slug] = try former.commitToKeep()
      if let source = manifest.sources[slug] { former.come(from: source) }
      return
    }
    manifest.pins[name] = number
    // A range that moved on with the version that is left goes back with it.
    if let range = manifest.skills[name]?.range, !range.contains(number) {
      manifest.skills[name]?.range = range.exact == nil ? .compatible(with: number) : VersionRange(exactly: number)
    }
  }
}

extension LockedSkill {
  /// The commit at which others find the same files.
  ///
  /// - Throws: `usage` for a source that has only the state of now: a lock with another one could be installed by
  ///   nobody who does not have it in the cache.
  fileprivate func commitToKeep() throws(MeshError) -> String {
    if let commit { return commit }
    throw MeshError(
      .usage, "\(folder) comes from \(reference), where only its state of now can be had", hint: earlierVersionHint)
  }

  /// How to have an earlier version of which there is no record.
  fileprivate var earlierVersionHint: Message {
    switch source {
    case nil: "Install one by its number: agent-mesh skills install \(reference)@<version>"
    case .git(let url, _, let folder)?:
      "Add it at an earlier commit: agent-mesh skills add "
        + "'\(SkillSource.git(url: url, ref: "<commit>", folder: folder), limit: .max)'"
    default: "Bring the earlier files back at their source, then: agent-mesh skills update \(folder)"
    }
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
