extension Resolver {
  var resolution: Resolution {
    let chosen = solution.decisions
    var versions: [SkillName: SemanticVersion] = [:]
    var wants: [SkillName: [VersionRange?]] = [:]
    for root in request.roots { wants[root.name, default: []].append(root.range) }
    for (node, state) in chosen {
      let version = catalog[node].version(state)
      versions[catalog.name(node)] = version.number
      for dependency in version.dependencies { wants[dependency.name, default: []].append(dependency.range) }
    }
    let passedOver = chosen.flatMap { node, state in
      self.passedOver(in: catalog[node], above: state, ranges: wants[catalog.name(node)] ?? [])
    }
    return Resolution(versions: versions, passedOver: passedOver.sorted { ($0.name, $1.number) < ($1.name, $0.number) })
  }

  private func passedOver(in skill: SkillVersions, above chosen: SkillState, ranges: [VersionRange?]) -> [PassedOver] {
    if skill.pinned != nil { return [] }
    let newer = skill.newer(than: chosen).filter { !skill.eligible.contains($0) }
    guard !newer.isEmpty else { return [] }
    let matching = ranges.map { skill.matching($0) }
    return newer.filter { state in matching.allSatisfy { $0.contains(state) } }.map { state in
      let version = skill.version(state)
      let reason = version.isYanked ? PassedOver.Reason.yanked : .tooNew(publishedAt: version.publishedAt)
      return PassedOver(name: skill.name, number: version.number, reason: reason)
    }
  }
}
