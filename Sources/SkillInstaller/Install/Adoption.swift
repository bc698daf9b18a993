import RegistryClient
import Skills

/// Skills that stand in their folders already and are written down, with what the two files will say.
package struct Adoption: Sendable {
  package private(set) var manifest: ProjectManifest
  package private(set) var lock: Lockfile
  /// What was not written before.
  package private(set) var skills: [LockedSkill] = []

  /// What adopting would write; changes nothing.
  ///
  /// What the two files say already stays: a skill whose folder or name is taken is left out.
  package init(of skills: [LockedSkill], in targets: InstallTargets) throws(MeshError) {
    try self.init(of: skills, in: ProjectState(targets), for: targets.agents)
  }

  /// Writes skills into `skills.json` and `skills.lock`, and changes nothing else.
  package static func perform(of skills: [LockedSkill], in targets: InstallTargets) async throws -> Adoption {
    let workspace = try await Workspace(targets) {}
    let state = try ProjectState(targets)
    let adoption = try Adoption(of: skills, in: state, for: targets.agents)
    if adoption.skills.isEmpty { return adoption }
    let plan = ChangePlan(from: state.former, to: adoption.lock, [], ResolutionNotices())
    _ = try PreparedChange(
      plan, in: workspace, targets, files: state.files(adoption.manifest, adoption.lock)
    ).perform()
    return adoption
  }

  private init(of skills: [LockedSkill], in state: ProjectState, for agents: [Agent]) throws(MeshError) {
    manifest = try state.manifestToExtend()
    lock = state.former
    manifest.remember(agents)
    var taken = Set(manifest.sources.keys).union(manifest.skills.keys.map { manifest.folder(of: $0) })
    for skill in skills where !taken.contains(skill.folder) {
      guard adopt(skill) else { continue }
      taken.insert(skill.folder)
      self.skills.append(skill)
    }
    lock = Lockfile(lock.skills + self.skills)
  }

  /// - Returns: False for what cannot be wanted: a name that is taken, or a registry that has no address.
  private mutating func adopt(_ skill: LockedSkill) -> Bool {
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
