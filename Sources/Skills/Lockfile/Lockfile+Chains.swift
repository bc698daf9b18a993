extension Lockfile {
  package static let maximumChains = 20

  /// Why a skill is there: every shortest way to it from something that the manifest names, its two ends included.
  ///
  /// - Returns: At most 20 ways, in the order of their folders; none for a skill that nothing needs.
  package func chains(to folder: SkillSlug, from manifest: ProjectManifest) -> [[LockedSkill]] {
    guard self[folder] != nil else { return [] }
    let predecessors = shortestPredecessors(of: folder, from: roots(of: manifest))
    var chains: [[SkillSlug]] = []
    var waiting = [[folder]]
    while let chain = waiting.popLast(), chains.count < Self.maximumChains {
      guard let before = predecessors[chain[0]] else { continue }
      if before.isEmpty { chains.append(chain) }
      waiting += before.sorted(by: >).map { [$0] + chain }
    }
    return chains.map { $0.compactMap { self[$0] } }
  }

  /// From every reached skill to those one step nearer to a root; roots have none.
  private func shortestPredecessors(of goal: SkillSlug, from roots: [SkillSlug]) -> [SkillSlug: [SkillSlug]] {
    var predecessors = Dictionary(roots.map { ($0, [SkillSlug]()) }, uniquingKeysWith: { first, _ in first })
    var front = Set(roots)
    while !front.isEmpty, predecessors[goal] == nil {
      var next: [SkillSlug: [SkillSlug]] = [:]
      for folder in front {
        let needed = Set((self[folder]?.dependencies ?? []).compactMap { self[$0.name]?.folder })
        for dependency in needed where predecessors[dependency] == nil { next[dependency, default: []].append(folder) }
      }
      predecessors.merge(next) { first, _ in first }
      front = Set(next.keys)
    }
    return predecessors
  }
}
