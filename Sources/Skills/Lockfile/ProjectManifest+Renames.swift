extension ProjectManifest {
  /// The same with skills under their new names, from the registries and in the folders that they had.
  ///
  /// What was wanted under both names is wanted once, in the folder of the new one and in both ranges.
  package func renamed(by renames: SkillRenames) -> ProjectManifest {
    var manifest = self
    for (old, new) in renames.pairs { manifest.rename(old, to: new) }
    return manifest
  }

  private mutating func rename(_ old: SkillName, to new: SkillName) {
    if let pin = pins.removeValue(forKey: old) { pins[new] = pins[new] ?? pin }
    for index in accepted.indices where accepted[index].skill == old.description {
      accepted[index].skill = new.description
    }
    let home = registry(of: old)
    guard var wanted = skills.removeValue(forKey: old) else { return }
    if let other = skills[new] {
      wanted.folder = other.folder
      wanted.range = VersionRange.both(other.range, wanted.range)
    }
    wanted.registry = nil
    skills[new] = wanted
    if let home, registry(of: new).map(RegistryAddress.normal) != RegistryAddress.normal(home) {
      skills[new]?.registry = home
    }
  }
}

extension VersionRange {
  /// What two ranges admit, of which nil admits all; the first where there is no text for both.
  fileprivate static func both(_ first: VersionRange?, _ second: VersionRange?) -> VersionRange? {
    guard let first, let second, first != second else { return first ?? second }
    let isPlain = [first, second].allSatisfy { $0.alternatives.count == 1 && !$0.description.contains(" - ") }
    return isPlain ? (try? VersionRange(parsing: "\(first) \(second)")) ?? first : first
  }
}
