import Skills

/// One run of updating: what may move, what stays and why.
struct UpdateWork {
  let installer: SkillInstaller
  let state: ProjectState
  let root: SkillsRoot?
  let wish: UpdateWish
  let options: InstallOptions
  /// What is there now: the lock, or the records where there is none.
  let former: Lockfile
  var moving: Set<SkillSlug> = []
  var skipped: [SkillSlug: UpdateOutcome.SkipReason] = [:]
  var failed: [SkillSlug: MeshError] = [:]
  var foreign: [String] = []
  /// Where the last round would have led.
  var planned: Lockfile?

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

  var isManaged: Bool { state.isManaged }

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

  /// Where the skills that are not held lead.
  mutating func goal() async throws -> ProjectGoal {
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
  var recordedManifest: ProjectManifest {
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
        } else if newest.digest != skill.digest {
          // A commit that changed nothing of it is none to move to.
          sources[index] = newest
        }
      case .failure(let failure): hold(skill.folder, failure)
      }
    }
    return sources
  }

  mutating func hold(_ folder: SkillSlug, _ failure: MeshError) {
    failed[folder] = failure
    moving.remove(folder)
  }

  /// What is to be done for each skill that may move or is new; nil when one of them has to stay and all begins anew.
  mutating func decisions(for goal: ProjectGoal) throws -> [Decision]? {
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

  /// The plan, and the outcome as far as it is known beforehand: what stays, and why.
  mutating func plan() async throws -> (plan: ProjectPlan, outcome: UpdateOutcome) {
    while true {
      let goal = try await goal()
      guard let decisions = try decisions(for: goal) else { continue }
      let plan = ProjectPlan(
        steps: decisions.map(\.plan).filter { $0.action != .keep }, lock: goal.lock,
        changes: LockfileChange(from: former, to: goal.lock),
        passedOver: goal.passedOver)
      var outcome = report([], ChangeOutcome(lock: former, passedOver: goal.passedOver))
      let moved = Set(decisions.filter { ![.keep, .complete].contains($0.plan.action) }.map(\.skill.folder.rawValue))
      outcome.skipped.removeAll { moved.contains($0.slug) }
      return (plan, outcome)
    }
  }
}
