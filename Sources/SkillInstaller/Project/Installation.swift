import Skills

/// Installs what `skills.json` and `skills.lock` say.
struct Installation {
  let context: ProjectContext

  /// Exactly what is locked; nobody is asked for versions.
  func frozen() throws(MeshError) -> DesiredState {
    let manifest = try context.manifest()
    let lock = try context.lock(hint: "Write one, and keep it with the project: agent-mesh skills install")
    let reasons = lock.disagreements(with: manifest)
    guard reasons.isEmpty else {
      throw MeshError(
        .lockMismatch,
        "\(Lockfile.fileName) does not agree with \(ProjectManifest.fileName): \(reasons.joined(separator: "; "), limit: 4_000)",
        hint: lock.hint(agreeingWith: manifest))
    }
    try lock.refuseChangesInPlace(of: context.targets)
    return DesiredState(manifest: manifest, lock: lock, isWritten: false, linksAll: true)
  }

  /// What is wanted: as it is locked where that is allowed, and resolved where it is not.
  func resolved() async throws -> DesiredState {
    var manifest = try context.manifest()
    if context.options.saves { context.remember(in: &manifest) }
    var sources = context.lockedSources(of: manifest)
    for (folder, source) in manifest.sources.sorted(by: { $0.key < $1.key }) {
      if sources.contains(where: { $0.folder == folder }) { continue }
      sources.append(try await context.lock(source, as: folder, at: manifest.commits[folder]))
    }
    let resolved = try await resolve(
      ResolutionInput(manifest: manifest, sources: sources, preferred: context.state.former))
    manifest = manifest.renamed(by: resolved.renames)
    context.registries.remember(in: &manifest, resolved.lock)
    var desired = DesiredState(manifest, resolved, isWritten: context.options.saves)
    desired.linksAll = true
    return desired
  }

  private func resolve(_ input: ResolutionInput) async throws -> ResolvedProject {
    do {
      return try await context.resolve(input)
    } catch let failure as MeshError where failure.code == .offline {
      // What is locked is all that is wanted: no registry has to be asked for it.
      guard let lock = context.state.lock, lock.disagreements(with: input.manifest).isEmpty else { throw failure }
      return ResolvedProject(lock: lock, notices: ResolutionNotices())
    }
  }
}

extension Lockfile {
  /// The command that makes it agree with a manifest.
  package func hint(agreeingWith manifest: ProjectManifest) -> Message {
    guard let (old, new) = movedRegistry(for: manifest) else {
      return "Bring it up to date, and keep it with the project: agent-mesh skills install"
    }
    return "If the registry has moved, say so once: agent-mesh skills registry move \(old) \(new)"
  }
}
