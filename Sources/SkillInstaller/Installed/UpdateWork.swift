import Skills

/// One run of updating: what may move, what stays and why.
struct UpdateWork {
  private let installer: SkillInstaller
  private let state: ProjectState
  private let root: SkillsRoot?
  private let wish: UpdateWish
  private let options: InstallOptions
  /// What is there now: the lock, or the records where there is none.
  private let former: Lockfile
  private var moving: Set<SkillSlug> = []
  private var skipped: [SkillSlug: UpdateOutcome.SkipReason] = [:]
  private var failed: [SkillSlug: MeshError] = [:]
  private var foreign: [String] = []
  /// Where the last round would have led.
  private var planned: Lockfile?

  init(
    _ installer: SkillInstaller, _ state: ProjectState, _ root: SkillsRoot?, _ wish: UpdateWish,
    _ options: InstallOptions
  ) {
    self.installer = installer
    self.state = state
    self.root = root
    self.wish = wish
    self.options = options
    former = state.former
  }

  private var isManaged: Bool { state.isManaged }

  // MARK: - Looking

  /// Finds out what may move.
  mutating func survey() throws {
    for slug in wish.chosen ?? [] where former[slug] == nil && !isThere(slug) {
      throw MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed.")
    }
    for skill in state.installed where isChosen(skill.slug) {
      let isOurs = skill.mark.flatMap { mark in mark.locked.map { former[$0.folder] != nil } } ?? false
      if !isOurs, (try? SkillSlug(parsing: skill.slug)).flatMap({ former[$0] }) == nil { foreign.append(skill.slug) }
    }
    for skill in former.skills where isChosen(skill.folder.rawValue) { try survey(skill) }
  }

  private mutating func survey(_ skill: LockedSkill) throws {
    if installer.targets.isInPlace(skill) {
      // It is locked anew as it stands, when somebody says so.
      if wish.chosen != nil { moving.insert(skill.folder) }
      return
    }
    if state.manifest?.isPinned(skill) == true {
      skipped[skill.folder] = .pinned
      return
    }
    let obstacle = try Obstacle(at: skill.folder, in: root, knowing: installer.targets.knownFolders)
    if obstacle.isNothing, isManaged {
      moving.insert(skill.folder)
      return
    }
    guard let mark = obstacle.mark, mark.reference == skill.reference else {
      skipped[skill.folder] = .notManaged
      return
    }
    moving.insert(skill.folder)
  }

  private func isThere(_ slug: SkillSlug) -> Bool { state.installed.contains { $0.slug == slug.rawValue } }

  private func isChosen(_ slug: String) -> Bool { wish.chosen?.contains { $0.rawValue == slug } ?? true }

  // MARK: - Deciding

  /// Where the skills that are not held lead.
  private mutating func goal() async throws -> ProjectGoal {
    var manifest = isManaged ? try installer.manifest(of: state) : recordedManifest
    let names = Set(moving.compactMap { former[$0]?.name })
    let ranges = manifest.skills
    if wish.beyondRanges {
      for name in names where manifest.skills[name] != nil { manifest.skills[name]?.range = nil }
    }
    var request = ResolutionWish(manifest: manifest, sources: try await sources(manifest), preferred: former)
    request.moving = names
    request.toleratesFailures = true
    request.follow(options)
    let held = Set(skipped.keys).union(failed.keys)
    request.held = former.skills.filter { held.contains($0.folder) && $0.name != nil }
    let resolved = try await installer.resolve(request)
    for (name, failure) in resolved.failures {
      guard let folder = former[name]?.folder, isChosen(folder.rawValue) else { continue }
      hold(folder, failure)
    }
    for (name, wanted) in ranges where wish.beyondRanges {
      manifest.skills[name] = wanted
      guard let number = resolved.lock[name]?.number, let range = wanted.range, !range.contains(number) else {
        continue
      }
      manifest.skills[name]?.range = .compatible(with: number)
    }
    planned = resolved.lock
    var goal = ProjectGoal(manifest: manifest, lock: resolved.lock, isWritten: isManaged && options.saves)
    goal.passedOver = resolved.passedOver
    return goal
  }

  /// Without a manifest everything that is recorded is wanted.
  private var recordedManifest: ProjectManifest {
    var manifest = ProjectManifest()
    for skill in former.skills {
      guard let name = skill.name else { continue }
      let folder = skill.folder == name.slug ? nil : skill.folder
      manifest.skills[name] = ProjectManifest.Wanted(registry: skill.registry, folder: folder)
    }
    return manifest
  }

  /// Sources as they are now where they may move, else as they were.
  private mutating func sources(_ manifest: ProjectManifest) async throws -> [LockedSkill] {
    var sources = former.skills.filter { $0.source != nil }
    if isManaged { sources = sources.filter { manifest.sources[$0.folder] == $0.source } }
    for index in sources.indices {
      let skill = sources[index]
      guard moving.contains(skill.folder), let source = skill.source else { continue }
      switch await MeshError.outcome(or: .updateFailed, { try await installer.sources.lock(source, skill.folder) }) {
      case .success(let newest):
        // Nobody has said how old it is: who has not named it takes it only after a look.
        if wish.chosen == nil, source.isUnversioned, newest.treeDigest != skill.treeDigest {
          skipped[skill.folder] = .changed
          moving.remove(skill.folder)
        } else {
          sources[index] = newest
        }
      case .failure(let failure): hold(skill.folder, failure)
      }
    }
    return sources
  }

  private mutating func hold(_ folder: SkillSlug, _ failure: MeshError) {
    failed[folder] = failure
    moving.remove(folder)
  }

  /// What is to be done for each skill that may move or is new; nil when one of them has to stay and all begins anew.
  private mutating func decisions(for goal: ProjectGoal) throws -> [Decision]? {
    var decisions: [Decision] = []
    var isSettled = true
    for skill in goal.lock.skills where !installer.targets.isInPlace(skill) {
      let old = former[skill.folder]
      if old == skill, !moving.contains(skill.folder) { continue }
      do throws(MeshError) {
        decisions.append(try installer.decision(on: skill, goal, state, in: root, optionsFor(skill, old)))
      } catch {
        guard let old else { throw error }
        if error.code == .localEdits { skipped[old.folder] = .localEdits } else { failed[old.folder] = error }
        moving.remove(old.folder)
        isSettled = false
      }
    }
    return isSettled ? decisions : nil
  }

  /// Force replaces what was edited, and nothing that stays as it is.
  private func optionsFor(_ skill: LockedSkill, _ old: LockedSkill?) -> InstallOptions {
    var options = options
    if let old, old.digest == skill.digest { options.force = false }
    return options
  }

  mutating func plan() async throws -> ProjectPlan {
    while true {
      let goal = try await goal()
      guard let decisions = try decisions(for: goal) else { continue }
      return ProjectPlan(
        steps: decisions.map(\.plan).filter { $0.action != .keep }, lock: goal.lock,
        changes: LockfileChange(from: former, to: goal.lock),
        passedOver: goal.passedOver)
    }
  }

  // MARK: - Doing

  /// - Parameter confirmed: What somebody has agreed to.
  mutating func run(confirmed: ProjectPlan?) async throws -> UpdateOutcome {
    guard let root else { return report([], ChangeOutcome(lock: former, passedOver: [])) }
    var staged: [Digest: StagedSkill] = [:]
    defer { for skill in staged.values { skill.clear() } }
    // Each round either comes to its end or holds one skill more.
    while true {
      let goal = try await goal()
      guard let decisions = try decisions(for: goal) else { continue }
      if let confirmed, !confirmed.covers(goal.lock, from: former) { throw ProjectPlan.changedMeanwhile }
      let fresh = decisions.filter { $0.plan.action != .keep && staged[$0.skill.digest] == nil }
      installer.report(.beginning(fresh.count))
      let outcomes = await inParallel(fresh) { [installer] in await installer.stage($0, in: root) }
      guard try keep(outcomes, of: fresh, &staged) else { continue }
      let ready = decisions.compactMap { decision in
        decision.plan.action == .keep ? nil : staged[decision.skill.digest]
      }
      return finish(goal, decisions, ready, root)
    }
  }

  /// - Returns: False when one of them has to stay as it is.
  private mutating func keep(
    _ outcomes: [Result<StagedSkill, MeshError>], of decisions: [Decision], _ staged: inout [Digest: StagedSkill]
  ) throws(MeshError) -> Bool {
    var isSettled = true
    for case .success(let skill) in outcomes { staged[skill.decision.skill.digest] = skill }
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

  private func report(_ decisions: [Decision], _ change: ChangeOutcome) -> UpdateOutcome {
    var outcome = UpdateOutcome(passedOver: change.passedOver)
    outcome.updated = change.items.filter { $0.action != .complete } + lockedAnew(change.lock)
    outcome.removed = change.removed.map(\.slug)
    let moved = Set(outcome.updated.map(\.slug))
    let tooNew = Set(
      change.passedOver.compactMap { entry in
        if case .tooNew = entry.reason { former[entry.name]?.folder } else { nil }
      })
    for folder in moving where !moved.contains(folder) {
      outcome.skipped.append((folder.rawValue, tooNew.contains(folder) ? .tooNew : .upToDate))
    }
    outcome.skipped += skipped.map { ($0.key.rawValue, $0.value) } + foreign.map { ($0, .notManaged) }
    outcome.skipped.sort { $0.slug < $1.slug }
    outcome.failed = failed.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    return outcome
  }
}
