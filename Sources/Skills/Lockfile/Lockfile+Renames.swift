extension Lockfile {
  /// The same with skills under their new names, also where others need them.
  ///
  /// What is locked under a new name already is locked once.
  package func renamed(by renames: SkillRenames) -> Lockfile {
    if renames.isEmpty { return self }
    let kept = skills.filter { skill in
      guard let name = skill.name, renames[name] != name else { return true }
      return self[renames[name]] == nil
    }
    return Lockfile(kept.map { $0.renamed(by: renames) })
  }
}

extension LockedSkill {
  package func renamed(by renames: SkillRenames) -> LockedSkill {
    if renames.isEmpty { return self }
    var origin = origin
    if case .registry(let name, let number, let registry, let isPrivate) = origin {
      origin = .registry(renames[name], number, registry: registry, isPrivate: isPrivate)
    }
    return LockedSkill(
      folder: folder, origin: origin, digest: digest, size: size, treeDigest: treeDigest,
      dependencies: dependencies.renamed(by: renames))
  }
}

extension [SkillReference] {
  /// Each once, in the order in which they stand.
  package func renamed(by renames: SkillRenames) -> [SkillReference] {
    if renames.isEmpty { return self }
    var known: Set<SkillReference> = []
    return map { renames[$0] }.filter { known.insert($0).inserted }
  }
}
