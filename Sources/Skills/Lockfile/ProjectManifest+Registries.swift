extension ProjectManifest {
  /// The registry that a skill is wanted from: its own, that of its author, or that of the project; nil where this file
  /// names none.
  package func registry(of name: SkillName) -> String? {
    skills[name]?.registry ?? registries[name.author] ?? registry
  }

  /// Whether this file itself says from where a skill comes, whoever needs it.
  package func decidesRegistry(of name: SkillName) -> Bool {
    skills[name] != nil || registries[name.author] != nil
  }

  /// The same with every mention of one registry replaced by another.
  package func moved(from old: (String) -> Bool, to new: String) -> ProjectManifest {
    var manifest = self
    if let registry, old(registry) { manifest.registry = new }
    manifest.registries = registries.mapValues { old($0) ? new : $0 }
    for (name, wanted) in skills where wanted.registry.map(old) == true { manifest.skills[name]?.registry = new }
    return manifest
  }
}

extension Lockfile {
  /// The same with every skill of one registry coming from another.
  package func moved(from old: (String) -> Bool, to new: String) -> Lockfile {
    Lockfile(
      skills.map { skill in
        guard case .registry(let name, let number, let registry, let isPrivate) = skill.origin, old(registry) else {
          return skill
        }
        var skill = skill
        skill.origin = .registry(name, number, registry: new, isPrivate: isPrivate)
        return skill
      })
  }

  /// Where a manifest wants skills from that are locked from elsewhere: the first such pair of addresses.
  package func movedRegistry(for manifest: ProjectManifest) -> (old: String, new: String)? {
    for skill in skills {
      guard let name = skill.name, let old = skill.registry, manifest.decidesRegistry(of: name),
        let new = manifest.registry(of: name), RegistryAddress.normal(new) != RegistryAddress.normal(old)
      else { continue }
      return (old, new)
    }
    return nil
  }
}
