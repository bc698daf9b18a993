import RegistryClient
import Skills

/// Skills that stand in their places already and are written down, with what the two files will say.
package struct Adoption: Sendable {
  package fileprivate(set) var manifest: ProjectManifest
  package fileprivate(set) var lock: Lockfile
  /// What was not written before.
  package fileprivate(set) var skills: [LockedSkill] = []
}

extension SkillInstaller {
  /// What adopting would write; changes nothing.
  package static func planAdoption(of skills: [LockedSkill], in targets: InstallTargets) throws(MeshError) -> Adoption {
    let state = try ProjectState(targets)
    return Adoption(of: skills, to: try state.manifestToExtend(), in: state)
  }

  /// Writes skills into `skills.json` and `skills.lock`, and changes nothing else.
  ///
  /// What the two files say already stays: a skill whose folder or name is taken is left out.
  package static func adopt(_ skills: [LockedSkill], in targets: InstallTargets) async throws -> Adoption {
    let root = try await SkillsRoot.claim(targets)
    defer { root.withdraw() }
    let state = try ProjectState(targets)
    let adoption = Adoption(of: skills, to: try state.manifestToExtend(), in: state)
    if adoption.skills.isEmpty { return adoption }
    let change = StagedChange(files: state.files(adoption.manifest, adoption.lock))
    _ = try Placement(root: root, targets: targets).perform(change)
    return adoption
  }
}

extension Adoption {
  fileprivate init(of skills: [LockedSkill], to manifest: ProjectManifest, in state: ProjectState) {
    self.manifest = manifest
    lock = state.former
    var taken = Set(manifest.sources.keys).union(manifest.skills.keys.map { manifest.folder(of: $0) })
    for skill in skills where !taken.contains(skill.folder) {
      guard adopt(skill, state) else { continue }
      taken.insert(skill.folder)
      self.skills.append(skill)
    }
    lock = Lockfile(lock.skills + self.skills)
  }

  /// - Returns: False for what cannot be wanted: a name that is taken, or a registry that has no address.
  private mutating func adopt(_ skill: LockedSkill, _ state: ProjectState) -> Bool {
    if let source = skill.source {
      manifest.sources[skill.folder] = source
      return true
    }
    guard let name = skill.name, let number = skill.number, manifest.skills[name] == nil,
      let address = skill.registry.flatMap({ try? RegistryAddress(parsing: $0) })
    else { return false }
    if manifest.registry == nil { manifest.registry = address.text }
    let isElsewhere = manifest.registry.flatMap { try? RegistryAddress(parsing: $0) } != address
    manifest.skills[name] = ProjectManifest.Wanted(
      range: .compatible(with: number), registry: isElsewhere ? address.text : nil,
      folder: skill.folder == name.slug ? nil : skill.folder)
    return true
  }
}
