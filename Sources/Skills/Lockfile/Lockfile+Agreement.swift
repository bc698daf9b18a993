extension Lockfile {
  /// Why this lock is not one of the manifest, a sentence for each reason; empty when they agree.
  ///
  /// A skill that is wanted without a range may be locked at any version, a pre-release too: there may be no other.
  package func disagreements(with manifest: ProjectManifest) -> [String] {
    wantedFaults(manifest) + sourceFaults(manifest) + pinFaults(manifest) + dependencyFaults + leftovers(manifest)
  }

  /// The folders of everything that the manifest wants, and of what that needs.
  package func needed(by manifest: ProjectManifest) -> Set<SkillSlug> {
    var needed: Set<SkillSlug> = []
    var waiting = roots(of: manifest)
    while let folder = waiting.popLast() {
      guard let skill = self[folder], needed.insert(folder).inserted else { continue }
      waiting += skill.dependencies.compactMap { self[$0.name]?.folder }
    }
    return needed
  }

  /// The folders of what the manifest itself names and this lock has, sorted.
  func roots(of manifest: ProjectManifest) -> [SkillSlug] {
    let sources = manifest.sources.keys.filter { self[$0]?.source != nil }
    return (manifest.skills.keys.compactMap { self[$0]?.folder } + sources).sorted()
  }

  private func wantedFaults(_ manifest: ProjectManifest) -> [String] {
    manifest.skills.sorted { $0.key < $1.key }.flatMap { name, wanted -> [String] in
      guard let locked = self[name], let number = locked.number else {
        return ["\(name) is wanted, and not locked"]
      }
      var faults: [String] = []
      let folder = manifest.folder(of: name)
      if locked.folder != folder {
        faults.append("\(name) is wanted as the folder '\(folder)', and locked as '\(locked.folder)'")
      }
      if let range = wanted.range, !range.contains(number) {
        faults.append("\(name) is wanted as \(range), and locked at \(number)")
      }
      return faults + registryFaults(of: locked, manifest)
    }
      + skills.filter { $0.name.map { manifest.skills[$0] == nil && manifest.decidesRegistry(of: $0) } ?? false }
      .flatMap { registryFaults(of: $0, manifest) }
  }

  private func registryFaults(of skill: LockedSkill, _ manifest: ProjectManifest) -> [String] {
    guard let name = skill.name, let other = skill.registry, let registry = manifest.registry(of: name),
      RegistryAddress.normal(registry) != RegistryAddress.normal(other)
    else { return [] }
    return ["\(name) is wanted from \(registry), and locked from \(other)"]
  }

  private func sourceFaults(_ manifest: ProjectManifest) -> [String] {
    manifest.sources.sorted { $0.key < $1.key }.compactMap { folder, source in
      guard let locked = self[folder] else { return "'\(folder)' is wanted from \(source), and not locked" }
      guard locked.source != source else { return nil }
      return "'\(folder)' is wanted from \(source), and locked from \(locked.reference)"
    }
  }

  private func pinFaults(_ manifest: ProjectManifest) -> [String] {
    let moved = manifest.commits.sorted { $0.key < $1.key }.compactMap { folder, pin -> String? in
      guard let commit = self[folder]?.commit, commit != pin else { return nil }
      return "'\(folder)' is pinned to \(pin), and locked at \(commit)"
    }
    return versionFaults(manifest) + moved
  }

  private func versionFaults(_ manifest: ProjectManifest) -> [String] {
    manifest.pins.sorted { $0.key < $1.key }.compactMap { name, pin in
      guard let number = self[name]?.number, number != pin else { return nil }
      return "\(name) is pinned to \(pin), and locked at \(number)"
    }
  }

  private var dependencyFaults: [String] {
    skills.flatMap { skill in
      skill.dependencies.compactMap { dependency in
        guard let number = self[dependency.name]?.number else {
          return "\(skill.reference) needs \(dependency), which is not locked"
        }
        guard let range = dependency.range, !range.contains(number) else { return nil }
        return "\(skill.reference) needs \(dependency), and \(dependency.name) is locked at \(number)"
      }
    }
  }

  private func leftovers(_ manifest: ProjectManifest) -> [String] {
    let needed = needed(by: manifest)
    return skills.filter { !needed.contains($0.folder) }.map { skill in
      "\(skill.reference) is locked as the folder '\(skill.folder)', and nothing needs it"
    }
  }
}
