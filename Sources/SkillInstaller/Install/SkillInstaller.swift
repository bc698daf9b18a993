import Foundation
import RegistryClient
import SkillArchive
import Skills
import SystemPackage

/// Puts skills into one project, or the user's own folders, and keeps them there.
///
/// Asking, deciding, fetching and changing follow one another: nothing of the project changes before every archive of
/// a call is fetched, checked and unpacked beside its place.
package struct SkillInstaller: Sendable {
  /// What is going on, for a display.
  package enum Progress: Sendable {
    /// So many skills are to be fetched now.
    case beginning(Int)
    case fetching(LockedSkill, bytes: Int)
    case fetched(LockedSkill)
    case placing(Int)
    /// For another of our kind, which works in the same folder.
    case waiting
  }

  package let registries: Registries
  package let targets: InstallTargets
  package let limits: ArchiveLimits
  let sources: SourceAccess
  let report: @Sendable (Progress) -> Void

  package init(
    registries: Registries, targets: InstallTargets, limits: ArchiveLimits = ArchiveLimits(),
    sources: SourceAccess = .none, report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.registries = registries
    self.targets = targets
    self.limits = limits
    self.sources = sources
    self.report = report
  }

  /// What a change would do.
  ///
  /// Changes nothing but what an interrupted run left behind.
  package func plan(_ change: ProjectChange, _ options: InstallOptions) async throws -> ProjectPlan {
    let root = try await SkillsRoot.claimIfPresent(targets) { report(.waiting) }
    let state = try ProjectState(targets)
    let goal = try await goal(of: change, state, options)
    let decisions = try decisions(for: goal, state, in: root, options)
    let removals = try removals(for: goal, state, in: root, options).map { plan(of: $0, state) }
    return ProjectPlan(
      steps: decisions.map(\.plan) + removals, lock: goal.lock,
      changes: LockfileChange(from: state.former, to: goal.lock),
      passedOver: goal.passedOver)
  }

  /// Makes a change: all of it, or nothing.
  ///
  /// - Parameter confirmed: What somebody has agreed to; when anything else would come of it now, nothing is done.
  package func perform(
    _ change: ProjectChange, _ options: InstallOptions, confirmed: ProjectPlan? = nil
  ) async throws -> ChangeOutcome {
    let root = try await SkillsRoot.claim(targets) { report(.waiting) }
    defer { root.withdraw() }
    let state = try ProjectState(targets)
    let goal = try await goal(of: change, state, options)
    if let confirmed, confirmed.lock != goal.lock { throw ProjectPlan.changedMeanwhile }
    let decisions = try decisions(for: goal, state, in: root, options)
    try goal.refuseNothing(decisions, state)
    if case .install(isFrozen: true) = change { try refuseEdits(decisions) }
    let outcomes = await stage(decisions, in: root)
    defer { for case .success(let skill) in outcomes { skill.clear() } }
    let staged = try outcomes.all()
    try Task.checkCancellation()
    return try finish(goal, decisions, staged, state, in: root, options)
  }

  /// Puts everything that is ready in its place.
  func finish(
    _ goal: ProjectGoal, _ decisions: [Decision], _ staged: [StagedSkill], _ state: ProjectState, in root: SkillsRoot,
    _ options: InstallOptions
  ) throws(MeshError) -> ChangeOutcome {
    let leaving = try removals(for: goal, state, in: root, options)
    var change = StagedChange(skills: staged, files: goal.isWritten ? state.files(goal.manifest, goal.lock) : [])
    defer { for removal in change.removals { try? removal.staging.discard() } }
    for obstacle in leaving {
      change.removals.append(
        StagedChange.Removal(
          slug: obstacle.slug, links: obstacle.mark?.links ?? targets.linkedFolders,
          keepsBackup: obstacle.state != .intact, staging: try root.stage(for: obstacle.slug)))
    }
    report(.placing(staged.count))
    let backups = try Placement(root: root, targets: targets).perform(change)
    var outcome = ChangeOutcome(lock: goal.lock, passedOver: goal.passedOver)
    // What was named comes first.
    let ordered =
      staged.filter { goal.requested.contains($0.slug) } + staged.filter { !goal.requested.contains($0.slug) }
    outcome.items = ordered.map {
      InstalledItem($0, backups: backups[$0.slug] ?? [])
    }
    outcome.kept = decisions.filter { $0.plan.action == .keep }.map(\.skill)
    outcome.edited = decisions.filter { !$0.edits.isEmpty }.map { ($0.skill.folder, $0.edits) }
    outcome.withdrawn = goal.withdrawn
    outcome.removed = leaving.map { ($0.slug, backups[$0.slug] ?? []) }
    return outcome
  }

  /// What is not what was locked is no frozen install.
  private func refuseEdits(_ decisions: [Decision]) throws(MeshError) {
    guard let edited = decisions.first(where: { !$0.edits.isEmpty }) else { return }
    throw Obstacle.localEdits(edited.skill.folder, edited.edits)
  }

  private func plan(of removal: Obstacle, _ state: ProjectState) -> InstallPlan {
    let (mark, slug) = (removal.mark, removal.slug)
    let known = state.former[slug]
    return InstallPlan(
      action: .remove, reference: mark?.reference ?? slug.rawValue, version: mark?.locked?.version,
      previousVersion: mark?.locked?.version, digest: mark?.digest ?? known?.digest ?? Digest(of: []), size: 0,
      folder: "\(Agent.sharedFolder)/\(slug)", links: mark?.links ?? [], keepsBackup: removal.state != .intact)
  }
}
