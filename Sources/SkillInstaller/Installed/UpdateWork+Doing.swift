import Skills

extension UpdateWork {
  /// - Parameter confirmed: What somebody has agreed to.
  mutating func run(confirmed: ProjectPlan?) async throws -> UpdateOutcome {
    guard let root else { return report([], ChangeOutcome(lock: former, passedOver: [])) }
    var staged: [StagedKey: StagedSkill] = [:]
    defer { for skill in staged.values { skill.clear() } }
    // Each round either comes to its end or holds one skill more.
    while true {
      let goal = try await goal()
      guard let decisions = try decisions(for: goal) else { continue }
      if let confirmed, !confirmed.covers(goal.lock, from: former) { throw ProjectPlan.changedMeanwhile }
      let fresh = decisions.filter { $0.plan.action != .keep && staged[StagedKey($0.skill)] == nil }
      installer.report(.beginning(fresh.count))
      let outcomes = await inParallel(fresh) { [installer] in await installer.stage($0, in: root) }
      guard try keep(outcomes, of: fresh, &staged) else { continue }
      let ready = decisions.compactMap { decision in
        decision.plan.action == .keep ? nil : staged[StagedKey(decision.skill)]
      }
      return finish(goal, decisions, ready, root)
    }
  }

  /// - Returns: False when one of them has to stay as it is.
  private mutating func keep(
    _ outcomes: [Result<StagedSkill, MeshError>], of decisions: [Decision], _ staged: inout [StagedKey: StagedSkill]
  ) throws(MeshError) -> Bool {
    var isSettled = true
    for case .success(let skill) in outcomes { staged[StagedKey(skill.decision.skill)] = skill }
    if Task.isCancelled { throw MeshError(.cancelled, "interrupted") }
    for (decision, outcome) in zip(decisions, outcomes) {
      if case .failure(let failure) = outcome {
        // What is new and cannot be had concerns whoever needs it.
        let blamed = former[decision.skill.folder]?.folder ?? dependent(on: decision.skill)
        guard let blamed, moving.contains(blamed) else { throw failure }
        hold(blamed, failure)
        isSettled = false
      }
    }
    return isSettled
  }

  /// One of those that move and need a skill, directly or not, so that one round less asks for it.
  private func dependent(on skill: LockedSkill) -> SkillSlug? {
    let manifest = state.manifest ?? recordedManifest
    let chains = planned?.chains(to: skill.folder, from: manifest) ?? []
    return chains.joined().reversed().map(\.folder).first { moving.contains($0) } ?? moving.min()
  }

  private func finish(
    _ goal: ProjectGoal, _ decisions: [Decision], _ ready: [StagedSkill], _ root: SkillsRoot
  ) -> UpdateOutcome {
    do {
      return report(
        decisions, try installer.finish(goal, decisions, ready, state, in: root, options))
    } catch {
      var outcome = report([], ChangeOutcome(lock: former, passedOver: goal.passedOver))
      let moved = Set(ready.map(\.slug.rawValue))
      outcome.skipped.removeAll { moved.contains($0.slug) }
      outcome.failed += ready.map { ($0.slug.rawValue, error) }
      outcome.failed.sort { $0.slug < $1.slug }
      return outcome
    }
  }

  /// Skills that are read where they lie, and are not what they were.
  private func lockedAnew(_ lock: Lockfile) -> [InstalledItem] {
    lock.skills.compactMap { skill in
      guard installer.targets.isInPlace(skill), let old = former[skill.folder], old.treeDigest != skill.treeDigest
      else {
        return nil
      }
      return InstalledItem(
        skill: skill, action: .update, previousVersion: old.version, folder: skill.reference, fileCount: 0, links: [],
        backups: [])
    }
  }

  func report(_ decisions: [Decision], _ change: ChangeOutcome) -> UpdateOutcome {
    var outcome = UpdateOutcome(passedOver: change.passedOver)
    outcome.updated = change.items.filter { $0.action != .complete } + lockedAnew(change.lock)
    outcome.removed = change.removed.map(\.slug)
    let moved = Set(outcome.updated.map(\.slug))
    let tooNew = Set(
      change.passedOver.compactMap { entry in
        if case .tooNew = entry.reason { former[entry.name]?.folder } else { nil }
      })
    let heldBack = Set(
      change.passedOver.compactMap { entry in
        if case .notAllowed = entry.reason { former[entry.name]?.folder } else { nil }
      })
    for folder in moving where !moved.contains(folder) {
      let reason: UpdateOutcome.SkipReason =
        tooNew.contains(folder) ? .tooNew : heldBack.contains(folder) ? .heldBack : .upToDate
      outcome.skipped.append((folder.rawValue, reason))
    }
    outcome.skipped += skipped.map { ($0.key.rawValue, $0.value) } + foreign.map { ($0, .notManaged) }
    outcome.skipped.sort { $0.slug < $1.slug }
    outcome.failed = failed.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    return outcome
  }
}

/// One archive may be wanted in several folders.
struct StagedKey: Hashable {
  private let folder: SkillSlug
  private let digest: Digest

  init(_ skill: LockedSkill) {
    (folder, digest) = (skill.folder, skill.digest)
  }
}
