import RegistryClient
import Skills

extension ProjectResolution {
  /// The registry of a skill, found by what the project says of the skill or its author, else by where it is locked,
  /// else by what the user has configured for its author, else by where it is needed; never by which one has it.
  ///
  /// - Returns: Nil for the standard registry.
  func registry(of name: SkillName) -> String? {
    let manifest = input.manifest
    if let named = manifest.skills[name]?.registry ?? manifest.registries[name.author] { return named }
    let isWanted = manifest.skills[name] != nil
    let isRequested = isWanted && input.requested.contains { $0.name == name }
    if let locked = input.preferred[name]?.registry { return isRequested ? manifest.registry : locked }
    // What was named for this command comes before what is configured.
    if isRequested, registries.isChosen { return manifest.registry }
    return registries.byAuthor[name.author]?.text ?? (isWanted ? nil : registryOf[name]?.text) ?? manifest.registry
  }

  /// Where failures are tolerated, what is wanted from another registry than it came from stays as it is.
  ///
  /// - Throws: `conflict`, naming both addresses.
  mutating func refuseOtherRegistries() throws(MeshError) {
    for skill in input.preferred.skills {
      guard let name = skill.name, !input.fresh.contains(name),
        let conflict = skill.registryConflict(with: input.manifest)
      else { continue }
      guard input.toleratesFailures else { throw conflict }
      hold(skill, of: name, because: conflict)
    }
  }

  /// What a skill needs comes from where the skill is, unless the project or the user has said where its author is:
  /// else whoever registers a name in one registry is installed for those who trust it in another.
  ///
  /// - Throws: `conflict`, naming both addresses.
  func refuseMixedRegistries(_ lock: Lockfile) throws(MeshError) {
    let chosen = Dictionary(
      lock.skills.compactMap { skill in skill.name.map { ($0, skill) } }, uniquingKeysWith: { $1 })
    for skill in lock.skills {
      guard let home = address(of: skill.source == nil ? skill.registry : input.manifest.registry) else { continue }
      for needed in skill.dependencies.compactMap({ chosen[$0.name] }) {
        guard let name = needed.name, !input.manifest.decidesRegistry(of: name),
          let other = address(of: needed.registry), other != home, registries.byAuthor[name.author] != other
        else { continue }
        throw MeshError(
          .conflict,
          "\(skill.reference) needs \(name) from \(home), and others need the skill "
            + "of that name from \(other)",
          hint: "Say in \(ProjectManifest.fileName) from where skills of that author come, such as: "
            + "\"registries\": {\"\(name.author)\": \"\(other)\"}. For this skill alone, under skills: "
            + "\"\(name)\": {\"registry\": \"\(other)\"}.")
      }
    }
  }
}

extension LockedSkill {
  /// Why a manifest cannot want a skill from where it wants it: what is locked came from a registry and comes from it
  /// for ever, and a manifest alone does not move it; nil where the two agree.
  func registryConflict(with manifest: ProjectManifest) -> MeshError? {
    guard let name, manifest.decidesRegistry(of: name), let wanted = manifest.registry(of: name),
      let new = try? RegistryAddress(parsing: wanted), let locked = registry,
      let old = try? RegistryAddress(parsing: locked), old != new
    else { return nil }
    return MeshError(
      .conflict, "\(name) came from \(old), and is now wanted from \(new): a name never moves to another registry",
      hint: "If the registry has moved, say so once: agent-mesh skills registry move \(old) \(new)\n"
        + "Else put \(old) back, in \(ProjectManifest.fileName) or with --registry; or give the skill up first: "
        + "agent-mesh skills remove \(name)")
  }
}
