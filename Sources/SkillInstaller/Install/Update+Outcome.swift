import Skills

extension Update {
  /// The plan with what stays, and why.
  func report(_ plan: ChangePlan, _ decisions: [Decision], _ lockedAnew: [InstalledItem]) -> ChangePlan {
    var plan = plan
    plan.steps.removeAll { $0.action == .keep }
    plan.steps += lockedAnew.map(PlannedStep.init(lockedAnew:))
    var moved = Set(decisions.filter { ![.keep, .complete].contains($0.step.action) }.map(\.skill.folder))
    moved.formUnion(lockedAnew.map(\.slug))
    var reasons: [SkillSlug: ChangePlan.SkipReason] = [:]
    for entry in plan.notices.passedOver {
      guard let folder = former[entry.name]?.folder else { continue }
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

  /// Skills that are read where they lie, and are not what they were.
  func lockedAnew(_ lock: Lockfile) -> [InstalledItem] {
    lock.skills.compactMap { skill in
      guard context.targets.isInPlace(skill), let old = former[skill.folder], old.treeDigest != skill.treeDigest
      else { return nil }
      return InstalledItem(
        skill: skill, action: .update, previousVersion: old.version, folder: skill.reference, fileCount: 0, links: [],
        backups: [])
    }
  }
}
