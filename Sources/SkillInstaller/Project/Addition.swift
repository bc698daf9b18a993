import Skills

/// Adds skills to what a project wants, or changes which versions of them it wants.
struct Addition {
  let context: ProjectContext
  private var options: InstallOptions { context.options }

  // MARK: - Skills of a registry

  /// - Parameter folder: What the one skill is installed as, when not as its own name.
  func adding(_ references: [SkillReference], as folder: SkillSlug?) async throws -> DesiredState {
    try Self.refuseClashes(references, folder)
    // What is not saved does not have to agree with what is.
    var manifest = try context.manifestToExtend()
    choose(references, as: folder, in: &manifest)
    var input = ResolutionInput(
      manifest: manifest, sources: options.saves ? context.lockedSources(of: manifest) : [],
      preferred: context.state.former)
    input.requested = references
    if options.force { input.fresh = Set(references.map(\.name)) }
    let resolved = try await context.resolve(input)
    manifest = manifest.renamed(by: resolved.renames)
    let named = references.renamed(by: resolved.renames)
    for reference in named { manifest.complete(reference.name, from: resolved.lock) }
    context.registries.remember(in: &manifest, resolved.lock)
    var desired = DesiredState(manifest, resolved, isWritten: options.saves)
    desired.requested = Set(named.compactMap { resolved.lock[$0.name]?.folder })
    desired.linksAll = options.saves && options.namesAgents
    return desired
  }

  private func choose(_ references: [SkillReference], as folder: SkillSlug?, in manifest: inout ProjectManifest) {
    let registries = context.registries
    if manifest.registry == nil || !options.saves { manifest.registry = context.state.manifest?.registry }
    if manifest.registry == nil, options.saves { manifest.registry = registries.standard.text }
    for reference in references {
      var wanted = manifest.skills[reference.name] ?? ProjectManifest.Wanted()
      wanted.range = reference.range ?? wanted.range
      wanted.folder = folder ?? wanted.folder
      manifest.skills[reference.name] = wanted
      registries.choose(for: reference.name, in: &manifest, context.state.former)
      if let pin = manifest.pins[reference.name], reference.range?.contains(pin) == false {
        manifest.pins[reference.name] = nil
      }
    }
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

  // MARK: - Sources

  func adding(_ skills: [LockedSkill]) async throws -> DesiredState {
    var manifest = try context.manifestToExtend()
    for skill in skills {
      guard let source = skill.source else { continue }
      if let other = manifest.sources[skill.folder], !options.force { try Self.refuseOther(other, skill, source) }
      manifest.sources[skill.folder] = source
      if manifest.commits[skill.folder] != skill.commit { manifest.commits[skill.folder] = nil }
    }
    let named = Set(skills.map(\.folder))
    let others = options.saves ? context.lockedSources(of: manifest).filter { !named.contains($0.folder) } : []
    let resolved = try await context.resolve(
      ResolutionInput(manifest: manifest, sources: skills + others, preferred: context.state.former))
    manifest = manifest.renamed(by: resolved.renames)
    context.registries.remember(in: &manifest, resolved.lock)
    var desired = DesiredState(manifest, resolved, isWritten: options.saves)
    desired.requested = named
    desired.linksAll = options.saves && options.namesAgents
    return desired
  }

  /// A folder belongs to the source that it came from; another commit, tag or branch of it is the same source.
  private static func refuseOther(
    _ other: SkillSource, _ skill: LockedSkill, _ source: SkillSource
  ) throws(MeshError) {
    if other == source || source.isOfSameRepository(as: other) { return }
    throw MeshError(
      .conflict,
      "\(other) and \(source) would both be installed as '\(skill.folder)'",
      hint: "Add it under another name with --as <name>, or put it in the place of the other with --force.")
  }
}

extension ProjectManifest {
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
