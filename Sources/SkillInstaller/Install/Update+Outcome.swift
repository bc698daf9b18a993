import Skills

extension Update {
  /// The plan with what stays, and why.
  func report(_ plan: ChangePlan, _ decisions: [Decision], _ lockedAnew: [InstalledItem]) -> ChangePlan {
    var plan = plan
    let anew = lockedAnew.map(PlannedStep.init(lockedAnew:))
    plan.steps.removeAll { step in step.action == .keep || anew.contains { $0.folder == step.folder } }
    plan.steps += anew
    var moved = Set(decisions.filter { ![.keep, .complete].contains($0.step.action) }.map(\.skill.folder))
    moved.formUnion(lockedAnew.map(\.slug))
    var reasons: [SkillSlug: ChangePlan.SkipReason] = [:]
    for entry in plan.notices.passedOver {
      guard let folder = (former[entry.name] ?? plan.lock[entry.name])?.folder else { continue }
      switch entry.reason {
      case .tooNew: reasons[folder] = .tooNew
      case .notAllowed: reasons[folder] = reasons[folder] ?? .heldBack
      case .yanked, .quarantined, .unreadable: continue
      }
    }
    for folder in moving.subtracting(moved) { plan.skipped.append((folder.rawValue, reasons[folder] ?? .upToDate)) }
    plan.skipped += skipped.map { ($0.key.rawValue, $0.value) } + unmanaged.map { ($0, .notManaged) }
    plan.skipped.sort { $0.slug < $1.slug }
    plan.failed = failed.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    return plan
  }

  /// Skills that are read where they lie and are not what they were, and those that another commit has with the same
  /// files.
  func lockedAnew(_ lock: Lockfile, _ decisions: [Decision]) -> [InstalledItem] {
    let placed = Set(decisions.filter(\.step.action.places).map(\.skill.folder))
    return lock.skills.compactMap { skill in
      guard let old = former[skill.folder], !placed.contains(skill.folder) else { return nil }
      let isInPlace = context.targets.isInPlace(skill)
      guard isInPlace ? old.treeDigest != skill.treeDigest : old.commit != skill.commit else { return nil }
      return InstalledItem(
        skill: skill, action: .update, previousVersion: old.version, previousCommit: isInPlace ? nil : old.commit,
        folder: isInPlace ? skill.reference : "\(Agent.sharedFolder)/\(skill.folder)", fileCount: 0, links: [],
        backups: [])
    }
  }
}
