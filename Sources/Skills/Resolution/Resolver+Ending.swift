extension Resolver {
  var resolution: Resolution {
    let chosen = solution.decisions
    var versions: [SkillName: SemanticVersion] = [:]
    var wants: [SkillName: [VersionRange?]] = [:]
    for root in request.roots { wants[root.name, default: []].append(root.range) }
    for (node, bit) in chosen {
      let version = catalog[node].version(bit)
      versions[catalog.name(node)] = version.number
      for dependency in version.dependencies { wants[dependency.name, default: []].append(dependency.range) }
    }
    let passedOver = chosen.flatMap { node, bit in
      self.passedOver(in: catalog[node], above: bit, ranges: wants[catalog.name(node)] ?? [])
    }
    return Resolution(versions: versions, passedOver: passedOver.sorted { ($0.name, $1.number) < ($1.name, $0.number) })
  }

  private func passedOver(in skill: SkillVersions, above chosen: Int, ranges: [VersionRange?]) -> [PassedOver] {
    if skill.pinned != nil { return [] }
    let newer = (chosen + 1..<max(skill.bits, chosen + 1)).filter { !skill.eligible.contains($0) }
    guard !newer.isEmpty else { return [] }
    let matching = ranges.map { skill.matching($0) }
    return newer.filter { bit in matching.allSatisfy { $0.contains(bit) } }.map { bit in
      let version = skill.version(bit)
      let reason = version.isYanked ? PassedOver.Reason.yanked : .tooNew(publishedAt: version.publishedAt)
      return PassedOver(name: skill.name, number: version.number, reason: reason)
    }
  }
}
