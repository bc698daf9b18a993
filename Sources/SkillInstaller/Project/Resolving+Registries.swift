import RegistryClient
import Skills

extension ProjectResolution {
  /// What is locked came from a registry and comes from it for ever: a manifest alone does not move it.
  ///
  /// - Throws: `conflict`, naming both addresses.
  func refuseOtherRegistries() throws(MeshError) {
    // What updates does not have to agree: it stays where it is, and the next installation says so.
    if wish.toleratesFailures { return }
    for (name, wanted) in wish.manifest.skills.sorted(by: { $0.key < $1.key }) where !wish.fresh.contains(name) {
      guard let registry = wanted.registry ?? wish.manifest.registry, let new = address(of: registry),
        let locked = wish.preferred[name]?.registry, let old = address(of: locked), old != new
      else { continue }
      throw MeshError(
        .conflict, "\(name) came from \(old), and is now wanted from \(new): a name never moves to another registry",
        hint: "Put \(old) back, in \(ProjectManifest.fileName) or with --registry; or give the skill up first: "
          + "agent-mesh skills remove \(name).")
    }
  }

  /// What a skill needs comes from where the skill is: else whoever registers a name in one registry is installed for
  /// those who trust it in another.
  ///
  /// - Throws: `conflict`, naming both addresses; a manifest that names the skill has decided.
  func refuseMixedRegistries(_ lock: Lockfile) throws(MeshError) {
    let chosen = Dictionary(
      lock.skills.compactMap { skill in skill.name.map { ($0, skill) } }, uniquingKeysWith: { $1 })
    for skill in lock.skills {
      guard let home = address(of: skill.source == nil ? skill.registry : wish.manifest.registry) else { continue }
      for needed in skill.dependencies.compactMap({ chosen[$0.name] }) {
        guard let name = needed.name, wish.manifest.skills[name] == nil, let other = address(of: needed.registry),
          other != home
        else { continue }
        throw MeshError(
          .conflict,
          "\(TerminalText.escaped(skill.reference, limit: 300)) needs \(name) from \(home), and others need the skill "
            + "of that name from \(other)",
          hint: "Say in \(ProjectManifest.fileName) which of the two is meant: under skills, "
            + "\"\(name)\": {\"registry\": \"\(other)\"}.")
      }
    }
  }
}
