import Skills

/// Keeps a skill at the version, or the commit, that is locked, or lets it move again.
///
/// Only `skills.json` changes: what is installed stays as it is.
struct Pinning {
  let slug: SkillSlug
  let context: ProjectContext

  func pinned() throws(MeshError) -> DesiredState {
    var desired = try written()
    guard let skill = desired.lock[slug] else {
      throw MeshError(
        .notInstalled, "\(slug) is not in \(Lockfile.fileName)", hint: "See: agent-mesh skills tree")
    }
    if let name = skill.name, let number = skill.number {
      desired.manifest.pins[name] = number
      return desired
    }
    guard let commit = skill.commit else {
      throw MeshError(
        .usage,
        "\(slug) comes from \(skill.reference), which has no versions to keep",
        hint:
          "Only skills of registries and of git repositories are pinned. Others stay until they are named in an update."
      )
    }
    desired.manifest.commits[slug] = commit
    return desired
  }

  func unpinned() throws(MeshError) -> DesiredState {
    var desired = try written()
    if desired.manifest.commits.removeValue(forKey: slug) != nil { return desired }
    let lock = desired.lock
    guard let name = desired.manifest.pins.keys.first(where: { $0.slug == slug || lock[$0]?.folder == slug }) else {
      throw MeshError(.notFound, "\(slug) is not pinned", hint: "See: agent-mesh skills tree")
    }
    desired.manifest.pins[name] = nil
    return desired
  }

  private func written() throws(MeshError) -> DesiredState {
    DesiredState(
      manifest: try context.manifest(), lock: try context.lock(hint: "Write one: agent-mesh skills install"),
      isWritten: true, keepsFolders: true)
  }
}
