import RegistryAPI
import Skills

/// A locked version that its registry no longer hands out, and the command that leads past it.
struct UnavailableVersion {
  let skill: LockedSkill
  let index: IndexDocument
  let manifest: ProjectManifest
  /// What was resolved last.
  let lock: Lockfile

  /// - Throws: `integrityError` for an index that cannot be right.
  func hint() throws(MeshError) -> Message {
    guard let name = skill.name, let number = skill.number else { return remove }
    let others = try index.numbered().filter { $0.entry.status == .published }.map(\.number)
    let stable = others.filter { !$0.isPrerelease }
    let choice = (stable.isEmpty ? others : stable).filter { $0.withoutBuild != number.withoutBuild }
    let admitted = choice.filter { candidate in needs.allSatisfy { $0.contains(candidate) } }
    let wanted = admitted.filter { candidate in manifest.skills[name]?.range?.contains(candidate) ?? true }
    if wanted.contains(where: { $0 > number }) { return move("update \(skill.folder)") }
    if let older = wanted.max() { return "Install another version: agent-mesh skills install \(name)@\(older)" }
    guard manifest.skills[name] != nil, let other = admitted.max() else { return remove }
    return other > number
      ? move("update \(skill.folder) --latest")
      : "Install another version: agent-mesh skills install \(name)@\(other)"
  }

  private func move(_ command: String) -> Message { manifest.hint(moving: skill, by: command) }

  /// The ranges in which other skills need this one.
  private var needs: [VersionRange] {
    lock.skills.flatMap(\.dependencies).filter { $0.name == skill.name }.compactMap(\.range)
  }

  /// What nobody but the manifest needs goes by itself, else whoever needs it has to go.
  private var remove: Message {
    let chains = lock.chains(to: skill.folder, from: manifest)
    let roots = Set(chains.compactMap { $0.first?.folder.rawValue }).union(
      chains.isEmpty ? [skill.folder.rawValue] : [])
    return "No other version can be had. Give it up: agent-mesh skills remove \(roots.sorted().joined(separator: " "))"
  }
}

extension ProjectManifest {
  /// How a skill moves by a command, also when it is pinned.
  func hint(moving skill: LockedSkill, by command: String) -> Message {
    isPinned(skill)
      ? "Let it move: agent-mesh skills unpin \(skill.folder), then: agent-mesh skills \(command)"
      : "Move to another version: agent-mesh skills \(command)"
  }
}
