import Skills

/// Moves skills forward, never backward, and completes the links of those that are there.
///
/// What cannot move (it was edited, its registry does not answer, its archive is damaged, others need it as it is)
/// stays as it is and is reported; all others move together.
struct Update {
  private let request: UpdateRequest
  let planner: Planner
  private let stager: SkillStager
  /// What is there now: the lock, or the records where there is none.
  let former: Lockfile
  var moving: Set<SkillSlug> = []
  var skipped: [SkillSlug: ChangePlan.SkipReason] = [:]
  var failed: [SkillSlug: MeshError] = [:]
  var unmanaged: [String] = []
  /// Sources as they are now, looked at once.
  private var newest: [SkillSlug: LockedSkill] = [:]
  /// Newer versions that the other skills, or their age, do not allow.
  var heldBack: [PassedOver] = []
  /// Where the last round would have led.
  private var planned: Lockfile?

  init(_ request: UpdateRequest, _ planner: Planner, _ stager: SkillStager) {
    self.request = request
    self.planner = planner
    self.stager = stager
    former = planner.context.state.former
  }

  var context: ProjectContext { planner.context }
  private var isManaged: Bool { context.state.isManaged }

  /// Each round either comes to its end or holds one skill more.
  mutating func prepared(in workspace: consuming Workspace) async throws -> PreparedChange {
    let formerNames = try await context.formerNames(in: former)
    try survey(formerNames)
    while true {
      let desired = try await desiredState()
      guard let decisions = try decisions(for: desired), try await stage(decisions, in: &workspace) else { continue }
      let removals = try planner.removals(for: desired)
      let anew = lockedAnew(desired.lock, decisions)
      let plan = report(planner.plan(desired, decisions, removals), decisions, anew)
      return PreparedChange(
        plan, in: workspace, context.targets, decisions: decisions, leaving: removals.leaving,
        files: desired.isWritten ? context.state.files(desired.manifest, desired.lock) : [],
        lockedAnew: anew, blamesSkills: true, report: stager.fetcher.report)
    }
  }

  // MARK: - What may move

  /// - Parameter formerNames: By folder, of what was installed under them.
  private mutating func survey(_ formerNames: [SkillSlug: SkillName]) throws(MeshError) {
    let installed = context.state.installed
    let present = Set(installed.map(\.slug))
    for slug in request.chosen ?? [] where former[slug] == nil && !present.contains(slug.rawValue) {
      throw MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed")
    }
    let chosen = request.chosen.map { Set($0.map(\.rawValue)) }
    for skill in installed where chosen?.contains(skill.slug) ?? true {
      let isKnown = (skill.mark?.locked?.folder ?? (try? SkillSlug(parsing: skill.slug))).map {
        former[$0] != nil
      }
      if isKnown != true { unmanaged.append(skill.slug) }
    }
    let marks = Dictionary(installed.compactMap { skill in skill.mark.map { (skill.slug, $0) } }) { $1 }
    for skill in former.skills where chosen?.contains(skill.folder.rawValue) ?? true {
      let mark = marks[skill.folder.rawValue]
      let isRenamed = formerNames[skill.folder].map { $0 == mark?.name } ?? false
      try survey(skill, isRecorded: isRenamed || mark?.reference == skill.reference)
    }
  }

  /// - Parameter isRecorded: Whether it is what is installed in its folder.
  private mutating func survey(_ skill: LockedSkill, isRecorded: Bool) throws(MeshError) {
    if context.targets.isInPlace(skill) {
      // It is locked anew as it stands, when somebody says so.
      if request.chosen != nil { moving.insert(skill.folder) }
      return
    }
    if context.state.manifest?.isPinned(skill) == true {
      skipped[skill.folder] = .pinned
      return
    }
    let isMissing = try planner.root.directory.kind(of: skill.folder.rawValue) == nil
    if isMissing && isManaged || isRecorded {
      moving.insert(skill.folder)
    } else {
      skipped[skill.folder] = .notManaged
    }
  }

  private func isChosen(_ folder: SkillSlug) -> Bool { request.chosen?.contains(folder) ?? true }

  mutating func hold(_ folder: SkillSlug, _ failure: MeshError) {
    failed[folder] = failure
    skipped[folder] = nil
    moving.remove(folder)
  }

  // MARK: - Where it leads

  private mutating func desiredState() async throws -> DesiredState {
    let wanted = isManaged ? try context.manifest() : Self.manifest(wantingAllOf: former)
    let resolved = try await resolve(wanted)
    for (name, failure) in resolved.failures {
      guard let folder = (former[name] ?? resolved.lock[name])?.folder, isChosen(folder) else { continue }
      hold(folder, failure)
    }
    let renamed = wanted.renamed(by: resolved.renames)
    var manifest = renamed
    if request.beyondRanges {
      for (name, skill) in renamed.skills {
        guard let number = resolved.lock[name]?.number, let range = skill.range, !range.contains(number) else {
          continue
        }
        manifest.skills[name]?.range = .compatible(with: number)
      }
    }
    planned = resolved.lock
    var desired = DesiredState(manifest, resolved, isWritten: isManaged && context.options.saves)
    desired.notices.passedOver += heldBack
    desired.formerNames = try await context.formerNames(in: desired.lock)
    return desired
  }

  /// The newest versions that go together; what keeps the others from moving stays as it is.
  private mutating func resolve(_ manifest: ProjectManifest) async throws -> ResolvedProject {
    try await lookAtSources(manifest)
    do {
      return try await context.resolve(input(manifest, moving))
    } catch let failure as MeshError where failure.code == .unresolvable {
      // Where not even what is locked goes together, nobody's move is to blame.
      guard moving.count > 0, (try? await context.resolve(input(manifest, []))) != nil else { throw failure }
      var admitted: Set<SkillSlug> = []
      try await admit(moving.sorted()[...], manifest, &admitted)
      for folder in moving.subtracting(admitted) { holdBack(folder) }
      return try await context.resolve(input(manifest, moving))
    }
  }

  /// Adds as many of `candidates` as go together with `admitted`: halves of them, until one alone is to blame.
  private func admit(
    _ candidates: ArraySlice<SkillSlug>, _ manifest: ProjectManifest, _ admitted: inout Set<SkillSlug>
  ) async throws {
    do {
      _ = try await context.resolve(input(manifest, admitted.union(candidates)))
      admitted.formUnion(candidates)
    } catch let failure as MeshError where failure.code == .unresolvable {
      guard candidates.count > 1 else { return }
      let middle = candidates.startIndex + candidates.count / 2
      try await admit(candidates[..<middle], manifest, &admitted)
      try await admit(candidates[middle...], manifest, &admitted)
    }
  }

  private mutating func holdBack(_ folder: SkillSlug) {
    moving.remove(folder)
    guard let skill = former[folder], let name = skill.name,
      let newer = context.indexes.newest(than: skill), let limit = context.options.publishedBefore,
      newer.publishedAt > limit
    else {
      skipped[folder] = .heldBack
      return
    }
    skipped[folder] = .tooNew
    heldBack.append(PassedOver(name: name, number: newer.number, reason: .tooNew(publishedAt: newer.publishedAt)))
  }

  private func input(_ manifest: ProjectManifest, _ moving: Set<SkillSlug>) -> ResolutionInput {
    var manifest = manifest
    let names = Set(moving.compactMap { former[$0]?.name })
    if request.beyondRanges { for name in names { manifest.skills[name]?.range = nil } }
    var sources = former.skills.filter { $0.source != nil }
    if isManaged { sources = sources.filter { manifest.sources[$0.folder] == $0.source } }
    var input = ResolutionInput(
      manifest: manifest, sources: sources.map { moving.contains($0.folder) ? newest[$0.folder] ?? $0 : $0 },
      preferred: former)
    input.moving = names
    input.toleratesFailures = true
    // What somebody could move and may not stays exactly as it is.
    let held = Set(skipped.keys).union(failed.keys).union(self.moving.subtracting(moving))
    input.held = former.skills.filter { held.contains($0.folder) && $0.name != nil }
    return input
  }

  /// Without a manifest everything that is recorded is wanted.
  private static func manifest(wantingAllOf lock: Lockfile) -> ProjectManifest {
    var manifest = ProjectManifest()
    for skill in lock.skills {
      guard let name = skill.name else { continue }
      let folder = skill.folder == name.slug ? nil : skill.folder
      manifest.skills[name] = ProjectManifest.Wanted(registry: skill.registry, folder: folder)
    }
    return manifest
  }

  private mutating func lookAtSources(_ manifest: ProjectManifest) async throws {
    for skill in former.skills where moving.contains(skill.folder) && newest[skill.folder] == nil {
      guard let source = skill.source, !isManaged || manifest.sources[skill.folder] == source else { continue }
      switch await MeshError.outcome(or: .updateFailed, { try await context.sources.newest(skill, source) }) {
      case .success(let found):
        // Nobody has said how old it is: who has not named it takes it only after a look.
        if request.chosen == nil, source.isUnversioned, found.treeDigest != skill.treeDigest {
          skipped[skill.folder] = .changed
          moving.remove(skill.folder)
        }
        newest[skill.folder] = found
      case .failure(let failure): hold(skill.folder, failure)
      }
    }
    try Task.checkCancellation()
  }

  // MARK: - What is to be done

  /// What is to be done for each skill that may move or is new; nil when one of them has to stay and all begins anew.
  private mutating func decisions(for desired: DesiredState) throws -> [Decision]? {
    var decisions: [Decision] = []
    var isSettled = true
    for skill in desired.lock.skills where !context.targets.isInPlace(skill) {
      let old = former[skill.folder]
      if !moving.contains(skill.folder), old?.isSame(as: skill) == true { continue }
      do throws(MeshError) {
        decisions.append(try planner.decision(on: skill, desired, options(for: skill, old)))
      } catch {
        guard let old, skipped[old.folder] == nil, failed[old.folder] == nil else { throw error }
        if error.code == .localEdits { skipped[old.folder] = .localEdits } else { failed[old.folder] = error }
        moving.remove(old.folder)
        isSettled = false
      }
    }
    return isSettled ? decisions : nil
  }

  /// Force replaces what was edited, and nothing that stays as it is.
  private func options(for skill: LockedSkill, _ old: LockedSkill?) -> InstallOptions {
    var options = context.options
    if let old, old.digest == skill.digest { options.force = false }
    return options
  }

  /// - Returns: False when one of them has to stay as it is.
  private mutating func stage(_ decisions: [Decision], in workspace: inout Workspace) async throws -> Bool {
    var fresh: [Decision] = []
    for decision in decisions where decision.step.action != .keep && workspace.skill(for: decision) == nil {
      fresh.append(decision)
    }
    let outcomes = await stager.outcomes(of: fresh, in: &workspace)
    if Task.isCancelled { throw MeshError(.cancelled, "interrupted") }
    var isSettled = true
    for (decision, outcome) in zip(fresh, outcomes) {
      guard case .failure(let failure) = outcome else { continue }
      // What is new and cannot be had concerns whoever needs it.
      let blamed = former[decision.skill.folder]?.folder ?? dependent(on: decision.skill)
      guard let blamed, moving.contains(blamed) else { throw failure }
      hold(blamed, failure)
      isSettled = false
    }
    return isSettled
  }

  /// One of those that move and need a skill, directly or not, so that one round less asks for it.
  private func dependent(on skill: LockedSkill) -> SkillSlug? {
    let manifest = context.state.manifest ?? Self.manifest(wantingAllOf: former)
    let chains = planned?.chains(to: skill.folder, from: manifest) ?? []
    return chains.joined().reversed().map(\.folder).first { moving.contains($0) } ?? moving.min()
  }
}

extension LockedSkill {
  /// Whether it is the very same skill, whatever the skills that it needs are called.
  fileprivate func isSame(as other: LockedSkill) -> Bool {
    var same = self
    same.dependencies = other.dependencies
    return same == other
  }
}
