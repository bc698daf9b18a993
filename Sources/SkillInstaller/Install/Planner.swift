import Skills

/// Decides for every skill of a desired state what is to be done, from what stands on the disk.
struct Planner: Sendable {
  let context: ProjectContext
  let root: SkillsRoot
  private let present: Set<String>

  init(_ context: ProjectContext, _ root: SkillsRoot) {
    self.context = context
    self.root = root
    present = Set(context.state.installed.map(\.slug))
  }

  private var targets: InstallTargets { context.targets }

  /// What becomes of skills that nothing needs any more.
  struct Removals {
    var leaving: [LeavingSkill] = []
    /// Edited, with what they are.
    var remaining: [ChangePlan.Remainder] = []
  }

  func decisions(for desired: DesiredState) throws(MeshError) -> [Decision] {
    if desired.keepsFolders { return [] }
    return try desired.lock.skills.filter { !targets.isInPlace($0) }.map { skill throws(MeshError) in
      try decision(on: skill, desired, context.options)
    }
  }

  func decision(
    on skill: LockedSkill, _ desired: DesiredState, _ options: InstallOptions
  ) throws(MeshError) -> Decision {
    let isRequested = desired.requested.contains(skill.folder)
    var request = Decision.Request(skill: skill, isRequested: isRequested, former: context.state.lock?[skill.folder])
    request.formerName = desired.formerNames[skill.folder]
    if isRequested || desired.linksAll || !present.contains(skill.folder.rawValue) {
      request.links = targets.linkedFolders
    }
    // Force is for what was named, or for everything when nothing was.
    var own = options
    if !desired.requested.isEmpty, !isRequested { own.force = false }
    do throws(MeshError) {
      return try Decision(request, in: root, targets, own)
    } catch {
      guard options.force, !own.force else { throw error }
      throw error.with(hint: "It was not named: add \(skill.reference) to the skills that --force is for.")
    }
  }

  /// What is not what was locked is no frozen install.
  func refuseEdits(_ decisions: [Decision]) throws(MeshError) {
    guard let edited = decisions.first(where: { !$0.edits.isEmpty }) else { return }
    throw ExistingEntry.localEdits(edited.skill.folder, edited.edits)
  }

  /// What was locked and no longer is: it goes, unless it was never ours; what somebody has edited stays, and is
  /// reported.
  func removals(for desired: DesiredState) throws(MeshError) -> Removals {
    guard desired.isWritten, !desired.keepsFolders, let former = context.state.lock else { return Removals() }
    var removals = Removals()
    for skill in former.skills where desired.lock[skill.folder] == nil && !targets.isInPlace(skill) {
      let existing = try ExistingEntry(at: skill.folder, in: root, knowing: targets.knownFolders)
      guard let mark = existing.mark, mark.reference == skill.reference else { continue }
      if existing.state == .intact || context.options.force {
        removals.leaving.append(LeavingSkill(existing, targets, isForced: false))
      } else {
        removals.remaining.append(existing.remainder)
      }
    }
    return removals
  }

  func plan(_ desired: DesiredState, _ decisions: [Decision], _ removals: Removals) -> ChangePlan {
    let steps = decisions.map { decision in
      var step = decision.step
      step.yanked = decision.skill.name.flatMap { desired.notices.yanked[$0] }
      return step
    }
    var plan = ChangePlan(
      from: context.state.former, to: desired.lock,
      steps + removals.leaving.map { PlannedStep(removing: $0.existing) }, desired.notices)
    plan.requested = desired.requested
    plan.remaining = removals.remaining
    plan.edited = decisions.filter { !$0.edits.isEmpty }.map { ($0.skill.folder, $0.edits) }
    return plan
  }
}
